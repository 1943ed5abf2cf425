package ipn.query.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import ipn.runtime.SafeCause;
import ipn.runtime.caller.RefusedException;
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
    private volatile int rows;

    /** @param route path of the question without an id */
    Exchange(RoutingContext context, String route, MeterRegistry meters) {
        this.context = context;
        this.route = route;
        this.meters = meters;
    }

    void setCaller(String name) {
        caller = name;
    }

    void answer(Answers.Answer answer) {
        rows = answer.rows();
        respond(OK, "application/json", answer.json());
    }

    void fail(Throwable thrown) {
        if (thrown instanceof ProblemException expected) {
            fail(expected);
            return;
        }
        if (thrown instanceof RefusedException refused) {
            fail(new ProblemException(Problem.of(refused.refusal())));
            return;
        }
        if (thrown instanceof HttpException) {
            fail(new ProblemException(Problem.BAD_REQUEST)); // a percent sign without two digits
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
        body.put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("code", problem.code());
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
                .addKeyValue("rows", rows)
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
