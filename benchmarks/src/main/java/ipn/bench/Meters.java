package ipn.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** What a running stage shows of itself, read once. */
record Meters(List<String> lines) {

    /** @param management where {@code /metrics} is */
    static Meters of(URI management) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(management.resolve("/metrics")).build();
        var body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return new Meters(body.lines().toList());
    }

    /** @param name of one without labels, as Prometheus writes it */
    double value(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/metrics: no " + name));
    }
}
