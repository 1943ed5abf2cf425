package ipn.ingress;

import ipn.gateway.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one line and the numbers of one request: what became of it and how long each step took. Nothing the sender wrote is
 * in it, not even the path of an account that does not exist.
 */
final class ExchangeLog {
    private static final Logger LOG = LoggerFactory.getLogger("ipn.ingress.requests");

    private final long begun = System.nanoTime();
    private long stepBegun = begun;
    private long authenticated;
    private long published;
    private int bytes;
    private String detail = "";

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

    void rejected(Verdict.Reason reason) {
        detail = reason.name();
    }

    void detail(String detail) {
        this.detail = detail;
    }

    void write(ServedAccount account, String outcome, int status) {
        var total = System.nanoTime() - begun;
        account.meters().request(outcome, total);
        if (published > 0) {
            account.meters().published(published);
        }
        var line = status >= 500 ? LOG.atWarn() : LOG.atInfo();
        line.addKeyValue("gateway", account.gateway())
                .addKeyValue("account", account.name())
                .addKeyValue("outcome", outcome)
                .addKeyValue("detail", detail)
                .addKeyValue("status", status)
                .addKeyValue("bytes", bytes)
                .addKeyValue("authMs", millis(authenticated))
                .addKeyValue("publishMs", millis(published))
                .addKeyValue("totalMs", millis(total))
                .log("request");
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 10_000.0) / 100.0;
    }
}
