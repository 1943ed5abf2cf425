package ipn.runtime.clock;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.Owner;
import ipn.runtime.ClockWatch;
import ipn.runtime.process.Shutdown;
import ipn.runtime.streams.CopiedTopics;
import java.nio.file.Path;

/** A stage as a program of its own; it ends when the JVM that started it does. Arguments: address of Kafka, folder of its state. */
final class SteppedStage {
    static final String CALLED_BACK = "called back by the clock watch";

    private SteppedStage() {}

    public static void main(String[] arguments) throws InterruptedException {
        Owner.haltWithIt();
        var topics = CopiedTopics.of(arguments[0]);
        var stage = topics.startStage(Path.of(arguments[1]), new SimpleMeterRegistry());
        Shutdown.closeAtEnd(stage, System.out::println);
        try (var watch = ClockWatch.start(() -> System.out.println(CALLED_BACK))) {
            stage.awaitEnd();
        }
    }
}
