package ipn.runtime.process;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import ipn.runtime.management.ManagementConfig;
import ipn.runtime.management.ManagementServer;
import ipn.runtime.management.ManagementServer.Check;
import ipn.topics.KafkaSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Runs one stage in this JVM, with a management port.
 *
 * @param name of the stage
 * @param failure receives a message if the stage does not stop normally
 */
public record StageProcess(String name, Consumer<String> failure) {
    /**
     * A started stage.
     *
     * @param ended completed with the reason when the stage stops by itself
     * @param note what an operator should know, ready or not
     */
    public record Started(
            AutoCloseable stage,
            BooleanSupplier ready,
            CompletableFuture<String> ended,
            Supplier<Optional<String>> note) {
        /** A stage without notes. */
        public Started(AutoCloseable stage, BooleanSupplier ready, CompletableFuture<String> ended) {
            this(stage, ready, ended, Optional::empty);
        }
    }

    /** Runs until the JVM ends. If the stage stops by itself, returns the reason. */
    public String run(
            ManagementConfig management, KafkaSettings kafka, PrometheusMeterRegistry meters, Supplier<Started> start) {
        var closing = new Closing();
        Shutdown.closeAtEnd(closing, failure);
        var started = start.get();
        closing.add(
                "management",
                ManagementServer.start(management, meters, List.of(new Check(name, started.ready(), started.note()))));
        closing.add(name, started.stage());
        LoggerFactory.getLogger(StageProcess.class)
                .atInfo()
                .addKeyValue("stage", name)
                .addKeyValue("kafka", kafka.clients().get("bootstrap.servers"))
                .log("Stage started");
        return Shutdown.await(started.ended());
    }
}
