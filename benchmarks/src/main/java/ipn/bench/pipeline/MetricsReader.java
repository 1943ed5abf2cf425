package ipn.bench.pipeline;

import ipn.bench.load.SeparateStages;
import ipn.bench.measure.MetricsSnapshot;
import ipn.runtime.process.StoppableThread;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the metrics of stages again and again, as a Prometheus does. */
final class MetricsReader implements AutoCloseable {
    private static final List<String> STAGES = List.of("ingress", SeparateStages.PROCESSOR, SeparateStages.PROJECTOR);

    private final List<URI> stages;
    private final Duration every;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final StoppableThread thread = new StoppableThread("metrics", this::run);

    private MetricsReader(List<URI> stages, Duration every) {
        this.stages = stages;
        this.every = every;
    }

    /** @param every between two readings of all stages; zero: reads nothing */
    static MetricsReader start(List<SeparateStages> pipelines, Duration every) {
        var stages = new ArrayList<URI>();
        for (var pipeline : pipelines) {
            STAGES.forEach(stage ->
                    stages.add(URI.create("http://127.0.0.1:" + Integer.toString(pipeline.managementPort(stage)))));
        }
        var reader = new MetricsReader(List.copyOf(stages), every);
        if (!every.isZero()) {
            reader.thread.start();
        }
        return reader;
    }

    private void run() {
        while (!thread.isClosing(every)) {
            stages.forEach(this::read);
        }
    }

    private void read(URI stage) {
        try {
            var unused = MetricsSnapshot.fetch(stage);
            read.incrementAndGet();
        } catch (IOException e) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it closes
        }
    }

    /** Pages that were read. */
    long read() {
        return read.get();
    }

    /** Pages that could not be read. */
    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        thread.close();
    }
}
