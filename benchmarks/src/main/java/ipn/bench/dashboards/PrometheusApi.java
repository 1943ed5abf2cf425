package ipn.bench.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.bench.results.Chart.Point;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Asks a Prometheus by its HTTP interface. */
final class PrometheusApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    PrometheusApi(URI url) {
        this.url = url;
    }

    /** The values at the end of a time. */
    Answer at(Window window, String expression) throws IOException, InterruptedException {
        return ask("/api/v1/query", "query=%s&time=%d".formatted(encoded(expression), window.to()));
    }

    /** The values over a time. */
    Answer over(Window window, String expression) throws IOException, InterruptedException {
        return ask(
                "/api/v1/query_range",
                "query=%s&start=%d&end=%d&step=%d"
                        .formatted(encoded(expression), window.from(), window.to(), window.step()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer ask(String path, String form) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(TIMEOUT)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        try {
            var body = JSON.readTree(response.body());
            return body.path("status").asText().equals("success")
                    ? found(body.at("/data/result"), body.at("/data/resultType").asText())
                    : new Answer.Failed(body.path("error").asText("status " + response.statusCode()));
        } catch (JsonProcessingException e) {
            return new Answer.Failed("status %d, no JSON".formatted(response.statusCode()));
        }
    }

    private static Answer found(JsonNode result, String type) {
        if (type.equals("scalar")) {
            return new Answer.Found(List.of(new Series(new TreeMap<>(), List.of(point(result)))));
        }
        var all = new ArrayList<Series>();
        for (var each : result) {
            var labels = new TreeMap<String, String>();
            each.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            var points = new ArrayList<Point>();
            each.path("values").forEach(value -> points.add(point(value)));
            if (each.has("value")) {
                points.add(point(each.path("value")));
            }
            all.add(new Series(labels, points));
        }
        return new Answer.Found(all);
    }

    /** A time, and a number as text. */
    private static Point point(JsonNode pair) {
        var text = pair.path(1).asText();
        return new Point(
                pair.path(0).asDouble(),
                switch (text) {
                    case "+Inf" -> Double.POSITIVE_INFINITY;
                    case "-Inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(text);
                });
    }
}
