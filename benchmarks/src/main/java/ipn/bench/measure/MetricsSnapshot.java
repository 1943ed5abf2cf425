package ipn.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** The metrics of a running stage at one moment. */
public record MetricsSnapshot(List<String> lines) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int OK = 200;

    /**
     * Reads them.
     *
     * @param management the base URL of the management endpoint, which serves {@code /metrics}
     * @throws IOException if they cannot be read
     */
    public static MetricsSnapshot fetch(URI management) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(management.resolve("/metrics")).build();
        var response = CLIENT.send(request, BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException("%s: status %d (expected: %d)".formatted(request.uri(), response.statusCode(), OK));
        }
        return new MetricsSnapshot(response.body().lines().toList());
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
