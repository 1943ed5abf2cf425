package ipn.bench.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.bench.load.StageProcess;
import ipn.bench.measure.ReadyCheck;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A Prometheus of its own, which reads the metrics of a pipeline and judges them by rules. */
final class PrometheusServer implements AutoCloseable {
    private static final Duration SCRAPED = Duration.ofSeconds(15);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final StageProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(URI url, StageProcess process) {
        this.url = url;
        this.process = process;
    }

    /**
     * The program.
     *
     * @param given a path; empty: the first on the search path
     * @throws IOException if there is none
     */
    static Path program(Optional<Path> given) throws IOException {
        var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return given.filter(Files::isExecutable)
                .or(() -> given.isPresent()
                        ? Optional.empty()
                        : Arrays.stream(folders)
                                .map(folder -> Path.of(folder, "prometheus"))
                                .filter(Files::isExecutable)
                                .findFirst())
                .orElseThrow(() -> new IOException(
                        "%s: not found (expected: the program of Prometheus; 'apt-get install prometheus' on Debian, or --prometheus PATH)"
                                .formatted(given.map(Path::toString).orElse("prometheus"))));
    }

    /**
     * Starts it; returns when it is ready.
     *
     * @param rules as deployed
     * @param targets management ports
     */
    static PrometheusServer start(Path program, Path folder, int port, String rules, Hurry hurry, List<Integer> targets)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("alerts.yaml"), hurry.rules(rules));
        var config = folder.resolve("prometheus.yml");
        Files.writeString(config, configuration(hurry, targets));
        var process = StageProcess.start(
                "prometheus",
                folder,
                Map.of(),
                List.of(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port));
        var url = URI.create("http://127.0.0.1:" + port);
        ReadyCheck.await(url.resolve("/-/ready"), folder);
        return new PrometheusServer(url, process);
    }

    private static String configuration(Hurry hurry, List<Integer> targets) {
        return """
                global:
                  scrape_interval: %1$s
                  scrape_timeout: %1$s
                  evaluation_interval: %1$s
                rule_files: [alerts.yaml]
                scrape_configs:
                  - job_name: ipn
                    static_configs:
                      - targets: [%2$s]
                """.formatted(
                        hurry.time(SCRAPED).toMillis() + "ms",
                        targets.stream().map("\"127.0.0.1:%d\""::formatted).collect(Collectors.joining(", ")));
    }

    /** The alerts that fire now. */
    List<Firing> firing(Instant now) throws IOException, InterruptedException {
        return alerts().stream().map(alert -> firing(alert.path("labels"), now)).toList();
    }

    /** What an engineer on call is sent of the alerts that fire now, the newest last. */
    List<String> pages() throws IOException, InterruptedException {
        return alerts().stream()
                .sorted(Comparator.comparing(alert -> alert.path("activeAt").asText()))
                .map(PrometheusServer::page)
                .toList();
    }

    private static String page(JsonNode alert) {
        var texts = alert.path("annotations");
        return """
                %s %s, since %s
                  %s
                  %s
                  %s
                """.formatted(
                        alert.at("/labels/severity").asText(),
                        alert.at("/labels/alertname").asText(),
                        alert.path("activeAt").asText(),
                        texts.path("summary").asText(),
                        texts.path("description").asText(),
                        texts.path("runbook_url").asText());
    }

    private List<JsonNode> alerts() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve("/api/v1/alerts"))
                .timeout(TIMEOUT)
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        var firing = new ArrayList<JsonNode>();
        JSON.readTree(answer.body()).at("/data/alerts").forEach(alert -> {
            if (alert.path("state").asText().equals("firing")) {
                firing.add(alert);
            }
        });
        return firing;
    }

    private static Firing firing(JsonNode labels, Instant now) {
        var others = new TreeMap<String, String>();
        labels.properties()
                .forEach(each -> others.put(each.getKey(), each.getValue().asText()));
        var name = String.valueOf(others.remove("alertname"));
        var severity = String.valueOf(others.remove("severity"));
        return new Firing(name, severity, others.toString(), now, Optional.empty());
    }

    @Override
    public void close() {
        process.close();
    }
}
