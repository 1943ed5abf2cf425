package ipn.query.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import ipn.query.http.Callers.Credentials;
import ipn.runtime.SafeCause;
import ipn.runtime.metrics.Metric;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its one response. Each answer may hold personal data, so each is noted in the log: who asked which question, but not about
 * whom.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int OK = 200;
    private static final String RETRY_AFTER_SECONDS = "1";

    private final long startedAt = System.nanoTime();
    private final RoutingContext context;
    private final String route;
    private final MeterRegistry meters;
    private volatile String caller = "";

    /** @param route path of the question without an id */
    Exchange(RoutingContext context, String route, MeterRegistry meters) {
        this.context = context;
        this.route = route;
        this.meters = meters;
    }

    /** What the request says about its sender. */
    Credentials credentials() {
        var authority = context.request().authority();
        return new Credentials(
                authority == null ? null : authority.host(), context.request().getHeader("authorization"));
    }

    void setCaller(String name) {
        caller = name;
    }

    void answer(byte[] json) {
        respond(OK, "application/json", Buffer.buffer(json));
    }

    void fail(Throwable thrown) {
        if (thrown instanceof ProblemException expected) {
            fail(expected);
            return;
        }
        LOG.atError()
                .addKeyValue("route", route)
                .setCause(SafeCause.forLog(thrown))
                .log("A question could not be answered");
        fail(new ProblemException(Problem.FAILED));
    }

    private void fail(ProblemException expected) {
        var problem = expected.problem();
        var body = JsonNodeFactory.instance.objectNode();
        body.put("status", problem.status()).put("title", problem.title()).put("code", problem.code());
        expected.detail().ifPresent(detail -> body.put("detail", detail));
        var headers = context.response().headers();
        if (problem.isTransient()) {
            headers.set("retry-after", RETRY_AFTER_SECONDS);
        }
        if (problem == Problem.METHOD_NOT_ALLOWED) {
            headers.set("allow", "GET");
        }
        if (problem == Problem.NOT_AUTHENTIC) {
            headers.set("www-authenticate", "Bearer");
        }
        respond(problem.status(), "application/problem+json", Buffer.buffer(body.toString()));
    }

    private void respond(int status, String type, Buffer body) {
        var nanos = System.nanoTime() - startedAt;
        Metric.QUERY_REQUEST_DURATION
                .timer(meters, route, Integer.toString(status))
                .record(nanos, TimeUnit.NANOSECONDS);
        LOG.atInfo()
                .addKeyValue("caller", caller)
                .addKeyValue("route", route)
                .addKeyValue("status", status)
                .addKeyValue("totalMs", TimeUnit.NANOSECONDS.toMillis(nanos))
                .log("Question");
        var response = context.response();
        if (!response.ended() && !response.closed()) {
            var unused = response.setStatusCode(status)
                    .putHeader("content-type", type)
                    .putHeader("cache-control", "no-store")
                    .putHeader("x-content-type-options", "nosniff")
                    .end(body);
        }
    }
}
