package ipn.app.command.run;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import ipn.app.IpnConfig;
import ipn.app.UserException;
import ipn.app.command.Session;
import ipn.app.stack.Closing;
import ipn.app.stack.Ends;
import ipn.runtime.management.ManagementServer;
import ipn.runtime.management.ManagementServer.Check;
import ipn.runtime.streams.StreamsStage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Runs one stage in this JVM, with the Kafka of the settings and a management port. */
final class StageRun {
    private final Session session;

    StageRun(Session session) {
        this.session = session;
    }

    /**
     * A started stage.
     *
     * @param ended completed with the reason when the stage stops by itself
     */
    record Started(AutoCloseable stage, BooleanSupplier ready, CompletableFuture<String> ended) {}

    static Started of(String name, StreamsStage stage) {
        return new Started(stage, stage::ready, Ends.of(name, stage));
    }

    /** Starts a stage. */
    @FunctionalInterface
    interface Start {
        Started start(IpnConfig config, PrometheusMeterRegistry meters);
    }

    /** Runs a stage until the JVM ends. If the stage stops by itself, throws an exception with the reason. */
    int run(String name, Start start) {
        var config = IpnConfig.from(session.settings().read(), session.data());
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var closing = new Closing();
        Shutdown.closeAtEnd(closing, session.terminal());
        var started = start.start(config, meters);
        closing.add(
                "management",
                ManagementServer.start(config.management(), meters, List.of(new Check(name, started.ready()))));
        closing.add(name, started.stage());
        LoggerFactory.getLogger(StageRun.class)
                .atInfo()
                .addKeyValue("stage", name)
                .addKeyValue("kafka", config.kafka().clients().get("bootstrap.servers"))
                .log("Stage started");
        throw UserException.problem(Shutdown.await(started.ended()) + " (expected: it runs until Ctrl-C or SIGTERM)");
    }
}
