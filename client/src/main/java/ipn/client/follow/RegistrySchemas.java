package ipn.client.follow;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A schema registry with Confluent's REST interface.
 *
 * @param urls of its instances; the first that answers is used
 * @param user {@code user:password}, for basic authentication
 */
public record RegistrySchemas(List<URI> urls, Optional<String> user, HttpClient http) implements SchemaSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    public RegistrySchemas {
        urls = List.copyOf(urls);
    }

    /** A registry without authentication; several URLs are separated by commas. */
    public static RegistrySchemas at(String urls) {
        return new RegistrySchemas(
                Arrays.stream(urls.split(","))
                        .map(String::strip)
                        .map(URI::create)
                        .toList(),
                Optional.empty(),
                HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
    }

    /** The same registry, with a user. */
    public RegistrySchemas withUser(String userAndPassword) {
        return new RegistrySchemas(urls, Optional.of(userAndPassword), http);
    }

    @Override
    public String schema(int id) throws IOException {
        var failure = new IOException("schema registry: no URL");
        for (var url : urls) {
            try {
                return schema(url, id);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private String schema(URI url, int id) throws IOException {
        var base = url.toString().replaceAll("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + "/schemas/ids/" + id))
                .timeout(TIMEOUT)
                .header("accept", "application/vnd.schemaregistry.v1+json, application/json");
        user.ifPresent(text -> request.header(
                "authorization", "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var schema = JSON.readTree(response.body()).path("schema");
            if (response.statusCode() != 200 || !schema.isTextual()) {
                throw new IOException(
                        "schema %d: status %d (expected: 200 with a schema)".formatted(id, response.statusCode()));
            }
            return schema.textValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Without the user, who has a password. */
    @Override
    public String toString() {
        return "RegistrySchemas" + urls;
    }
}
