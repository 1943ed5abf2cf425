package ipn.app.status;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Asks management ports for metrics and readiness. */
public final class Scraper {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<URI> urls;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** @param urls of management ports, without a path */
    public Scraper(List<URI> urls, Clock clock) {
        this.urls = List.copyOf(urls);
        this.clock = clock;
    }

    /** Asks all once. */
    public Scrape scrape() {
        var samples = new ArrayList<Sample>();
        var ready = new HashMap<URI, Boolean>();
        var silent = new ArrayList<URI>();
        for (var url : urls) {
            var metrics = get(url, "/metrics").filter(response -> response.statusCode() == 200);
            if (metrics.isPresent()) {
                samples.addAll(MetricsText.parse(metrics.get().body()));
                ready.put(
                        url,
                        get(url, "/health/ready")
                                .filter(response -> response.statusCode() == 200)
                                .isPresent());
            } else {
                silent.add(url);
            }
        }
        return new Scrape(clock.instant(), samples, ready, silent);
    }

    private Optional<HttpResponse<String>> get(URI url, String path) {
        try {
            var request =
                    HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT).build();
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + url);
        }
    }
}
