package ipn.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** What a running stage shows of itself, read once. */
public record MetricsSnapshot(List<String> lines) {

    /** @param management where {@code /metrics} is */
    public static MetricsSnapshot of(URI management) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(management.resolve("/metrics")).build();
        var body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return new MetricsSnapshot(body.lines().toList());
    }

    /** @param name of one without labels, as Prometheus writes it */
    public double value(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/metrics: no " + name));
    }
}
