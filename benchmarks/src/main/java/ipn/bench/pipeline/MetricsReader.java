package ipn.bench.pipeline;

import ipn.bench.load.SeparateStages;
import ipn.runtime.process.StoppableThread;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the metrics of stages again and again, as a Prometheus does. */
final class MetricsReader implements AutoCloseable {
    private static final List<String> STAGES = List.of("ingress", SeparateStages.PROCESSOR, SeparateStages.PROJECTOR);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<URI> pages;
    private final Duration every;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final StoppableThread thread = new StoppableThread("metrics", this::run);

    private MetricsReader(List<URI> pages, Duration every) {
        this.pages = pages;
        this.every = every;
    }

    /** @param every between two readings of all stages; zero: reads nothing */
    static MetricsReader start(List<SeparateStages> pipelines, Duration every) {
        var pages = new ArrayList<URI>();
        for (var pipeline : pipelines) {
            STAGES.forEach(stage -> pages.add(URI.create(
                    "http://127.0.0.1:%s/metrics".formatted(Integer.toString(pipeline.managementPort(stage))))));
        }
        var reader = new MetricsReader(List.copyOf(pages), every);
        if (!every.isZero()) {
            reader.thread.start();
        }
        return reader;
    }

    private void run() {
        while (!thread.isClosing(every)) {
            pages.forEach(this::read);
        }
    }

    private void read(URI page) {
        try {
            var response = client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
            (response.statusCode() == OK ? read : failed).incrementAndGet();
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
