package ipn.app.readmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.settings.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Asks the query stage over HTTP. */
final class QueryClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int TRIES = 4;
    private static final long RETRY_MS = 500;

    private final URI url;
    private final Optional<Secret> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    QueryClient(URI url, Optional<Secret> token) {
        this.url = url;
        this.token = token;
    }

    URI url() {
        return url;
    }

    /**
     * The answer to a question.
     *
     * @param path with its parameters, encoded
     * @throws QueryException if there is none
     */
    JsonNode ask(String path) {
        for (var left = TRIES - 1; ; left--) {
            var response = get(path);
            var status = response.statusCode();
            if (status == OK) {
                return read(response);
            }
            if (left == 0 || (status != TOO_MANY && status != UNAVAILABLE)) {
                throw new QueryException("answers %d (%s)".formatted(status, code(response)));
            }
            pause();
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
            token.ifPresent(secret ->
                    request.header("authorization", "Bearer " + secret.text().strip()));
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new QueryException("cannot be reached");
        } catch (HttpTimeoutException e) {
            throw new QueryException("does not answer");
        } catch (IOException e) {
            throw new QueryException("ends the connection (" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for query");
        }
    }

    private static JsonNode read(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new QueryException("does not answer in JSON");
        }
    }

    /** The code of a problem, which is a word of ours. */
    private static String code(HttpResponse<String> response) {
        try {
            var code = JSON.readTree(response.body()).path("code").asText();
            return code.matches("[A-Z_]{1,40}") ? code : "no code";
        } catch (IOException e) {
            return "no code";
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for query");
        }
    }
}
