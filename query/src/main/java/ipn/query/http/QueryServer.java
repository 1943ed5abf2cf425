package ipn.query.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import ipn.query.database.AsOf;
import ipn.query.database.Database;
import ipn.runtime.caller.CallerGate;
import ipn.runtime.caller.ListenSettings;
import ipn.runtime.caller.Role;
import ipn.runtime.http.BoundedVertx;
import ipn.runtime.http.HeadLimits;
import ipn.runtime.http.HeadLimits.Refusal;
import ipn.runtime.http.StrictRequestDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** The questions over HTTP/1. Waits for the database on threads of its own, so that no event loop does. */
public final class QueryServer implements AutoCloseable {
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final int LINE_BYTES_MAX = 8 * 1024;
    private static final int FIELDS_MAX = 50;
    private static final String MODEL = "/v1/model";
    private static final HeadLimits HEAD_LIMITS = new HeadLimits(
            HEAD_TIMEOUT,
            FIELDS_MAX,
            new Refusal("408 Request Timeout", Problem.TOO_SLOW.body(), () -> {}),
            new Refusal("431 Request Header Fields Too Large", Problem.HEADERS_TOO_LARGE.body(), () -> {}));

    private final Vertx vertx = BoundedVertx.create(1);
    private final Workers workers;
    private final Answers answers;
    private final Records records;
    private final MeterRegistry meters;
    private final CallerGate gate;
    private final HttpServer server;

    /** Starts to listen. */
    public static QueryServer start(
            ListenSettings listen,
            int workers,
            Database database,
            AsOf asOf,
            Records records,
            MeterRegistry meters,
            Clock clock) {
        return new QueryServer(
                listen, new Workers(workers), new Answers(database, asOf, clock), records, meters, clock);
    }

    private QueryServer(
            ListenSettings listen,
            Workers workers,
            Answers answers,
            Records records,
            MeterRegistry meters,
            Clock clock) {
        this.workers = workers;
        this.answers = answers;
        this.records = records;
        this.meters = meters;
        this.gate = new CallerGate(vertx, listen, clock);
        var http1 = new Http1ServerConfig().setMaxInitialLineLength(LINE_BYTES_MAX);
        server = vertx.createHttpServer(
                        new HttpServerConfig()
                                .setVersions(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1)
                                .setHttp1Config(http1)
                                .setIdleTimeout(Duration.ofSeconds(60))
                                .setTcpHost(listen.host())
                                .setTcpPort(listen.port()),
                        listen.sslOptions().orElse(null))
                .connectionHandler(connection -> StrictRequestDecoder.install(connection, http1, HEAD_LIMITS))
                .invalidRequestHandler(QueryServer::refuse)
                .requestHandler(router());
        try {
            BoundedVertx.await(server.listen(), Duration.ofSeconds(30));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Router router() {
        var router = Router.router(vertx);
        for (var listing : Listings.ALL) {
            router.get(listing.path())
                    .handler(context -> ask(
                            context,
                            listing.path(),
                            () -> new ListQuestion(listing, Parameters.of(listing, context.queryParams()))));
        }
        for (var whole : Wholes.ALL) {
            router.get(whole.path() + "*")
                    .handler(context -> ask(
                            context,
                            whole.path(),
                            () -> new WholeQuestion(
                                    whole, Parameters.id(context.request().path(), whole.path()))));
        }
        router.get(ExplainQuestion.PATH)
                .handler(context -> ask(
                        context,
                        ExplainQuestion.PATH,
                        () -> ExplainQuestion.of(records, context.queryParams(), answers.clock())));
        router.get(RecordsQuestion.PATH)
                .handler(context ->
                        ask(context, RecordsQuestion.PATH, () -> RecordsQuestion.of(records, context.queryParams())));
        router.get(MODEL).handler(context -> ask(context, MODEL, () -> RecordsQuestion.model(records)));
        var description = description();
        router.get("/openapi.yaml")
                .handler(context -> context.response()
                        .putHeader("content-type", "application/yaml")
                        .end(description));
        router.errorHandler(404, context -> failed(context, Problem.NO_SUCH_QUESTION));
        router.errorHandler(405, context -> failed(context, Problem.METHOD_NOT_ALLOWED));
        router.errorHandler(400, context -> failed(context, Problem.BAD_REQUEST));
        router.errorHandler(500, context -> exchange(context, "other").fail(thrown(context)));
        return router;
    }

    /** Who asks comes first: nobody else learns what is known. */
    private void ask(RoutingContext context, String route, Supplier<Question> asked) {
        var exchange = exchange(context, route);
        gate.admit(context.request(), Role.PEOPLE)
                .compose(caller -> {
                    exchange.setCaller(caller.name());
                    var question = asked.get();
                    return workers.submit(() -> answers.answer(question));
                })
                .onComplete((answer, failure) -> vertx.runOnContext(then -> {
                    if (failure == null) {
                        exchange.answer(answer);
                    } else {
                        exchange.fail(failure);
                    }
                }));
    }

    private Exchange exchange(RoutingContext context, String route) {
        return new Exchange(context, route, meters);
    }

    private void failed(RoutingContext context, Problem problem) {
        exchange(context, "other").fail(new ProblemException(problem));
    }

    private static Throwable thrown(RoutingContext context) {
        var failure = context.failure();
        return failure == null ? new IllegalStateException("no cause") : failure;
    }

    private static void refuse(HttpServerRequest request) {
        var tooLong = request.decoderResult().cause() instanceof TooLongHttpLineException;
        var problem = tooLong ? Problem.URI_TOO_LONG : Problem.BAD_REQUEST;
        var response = request.response().setStatusCode(problem.status());
        response.putHeader("content-type", "application/problem+json").putHeader("connection", "close");
        response.end(problem.body()).onComplete(ended -> {
            var unused = request.connection().close();
        });
    }

    private static String description() {
        try (var yaml = QueryServer.class.getResourceAsStream("/ipn/query/openapi.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("openapi.yaml: missing (expected: in the jar of this program)");
            }
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** From now on it has these callers, and this certificate. */
    public void serve(ListenSettings listen) {
        gate.serve(listen);
        listen.sslOptions().ifPresent(options -> BoundedVertx.await(server.updateSSLOptions(options), STOP_TIMEOUT));
    }

    /** Answers the questions under way. */
    @Override
    public void close() {
        workers.close();
        BoundedVertx.await(vertx.close(), STOP_TIMEOUT);
    }
}
