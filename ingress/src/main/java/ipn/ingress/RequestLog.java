package ipn.ingress;

import ipn.ingress.http.ErrorResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the one log line and the metrics of a request: its outcome, and how long each step took. They contain nothing that
 * the sender chose, not even the path of an unknown account.
 */
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("ipn.ingress.requests");

    private final long begun = System.nanoTime();
    private long stepBegun = begun;
    private long authenticated;
    private long published;
    private int bytes;
    private String detail = "";
    private final RefusalLog refusals;
    private final RequestTrace trace;

    RequestLog(RefusalLog refusals, RequestTrace trace) {
        this.refusals = refusals;
        this.trace = trace;
    }

    void bytes(int count) {
        bytes = count;
        stepBegun = System.nanoTime();
    }

    void authenticated() {
        var now = System.nanoTime();
        authenticated = now - stepBegun;
        stepBegun = now;
    }

    void published() {
        published = System.nanoTime() - stepBegun;
    }

    /** The reason: a constant of ours, never text of the sender. */
    void detail(String detail) {
        this.detail = detail;
    }

    void write(AccountMeters meters, String outcome, int status) {
        var total = System.nanoTime() - begun;
        meters.request(outcome, total);
        if (published > 0) {
            meters.published(published);
        }
        trace.end(meters, outcome, detail, status, begun);
        // also under overload lines cost more than refusals
        var refused = status < 200 || status >= 400 && status < 500 || outcome.equals(ErrorResponse.BUSY.outcome());
        if (refused && !refusals.allowsLine()) {
            return;
        }
        var line = status >= 500 ? LOG.atWarn() : LOG.atInfo();
        if (refused) {
            line = line.addKeyValue("suppressed", refusals.takeSuppressed());
        }
        if (status == ErrorResponse.NOT_AUTHENTIC.status() || status == ErrorResponse.BUSY.status()) {
            line = line.addKeyValue("retriesEndIn", left(meters.retries().left(status)));
        }
        line.addKeyValue("gateway", meters.gateway())
                .addKeyValue("account", meters.account())
                .addKeyValue("outcome", outcome)
                .addKeyValue("detail", detail)
                .addKeyValue("status", status)
                .addKeyValue("traceId", trace.id())
                .addKeyValue("bytes", bytes)
                .addKeyValue("authMs", millis(authenticated))
                .addKeyValue("publishMs", millis(published))
                .addKeyValue("totalMs", millis(total))
                .log("Request ended");
    }

    /** In words: hours are what people need, and not all lines have it. */
    private static String left(double seconds) {
        return Double.isNaN(seconds)
                ? "unknown"
                : Duration.ofMinutes(Math.round(seconds / 60)).toString();
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 10_000.0) / 100.0;
    }
}
