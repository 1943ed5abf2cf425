package ipn.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** The metrics of a running stage at one moment. */
public record MetricsSnapshot(List<String> lines) {

    /** @param management the base URL of the management endpoint, which serves {@code /metrics} */
    public static MetricsSnapshot fetch(URI management) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(management.resolve("/metrics")).build();
        var body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return new MetricsSnapshot(body.lines().toList());
    }

    /**
     * The value of a metric without labels.
     *
     * @param name in the format of Prometheus
     */
    public double value(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/metrics: %s is missing".formatted(name)));
    }
}
