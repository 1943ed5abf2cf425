package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The OpenAPI document, and whether an answer is as it says. */
final class OpenApi {
    /** Of HTTP itself, so not worth a line in the document. */
    private static final Set<String> HEADERS_OF_HTTP = Set.of("content-length", "content-type", "connection");

    static final JsonNode DOCUMENT = read();

    private OpenApi() {}

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("../docs/openapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode responses(String path, String method) {
        return DOCUMENT.path("paths").path(path).path(method).path("responses");
    }

    /** What the document says of one status, references followed. */
    static JsonNode response(String path, String method, int status) {
        var all = responses(path, method);
        var named = all.path(Integer.toString(status));
        return resolved(named.isMissingNode() && status / 100 == 2 ? all.path("2XX") : named);
    }

    static JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
    }

    static void holdsFor(String path, String method, Wire.Reply reply) {
        var documented = response(path, method, reply.status());
        assertThat(documented.isObject())
                .as("status %s of %s is documented", reply.status(), path)
                .isTrue();
        documented.path("headers").fieldNames().forEachRemaining(name -> {
            var pattern = resolved(documented.path("headers").path(name))
                    .path("schema")
                    .path("pattern")
                    .asText(".*");
            assertThat(reply.header(name.toLowerCase(java.util.Locale.ROOT)))
                    .as("header %s of %s", name, reply.status())
                    .hasValueSatisfying(value -> assertThat(value).matches(pattern));
        });
        var names = documented.path("headers").properties().stream()
                .map(each -> each.getKey().toLowerCase(java.util.Locale.ROOT))
                .toList();
        assertThat(reply.headers().keySet())
                .allSatisfy(name -> assertThat(names.contains(name) || HEADERS_OF_HTTP.contains(name))
                        .as("header %s of %s is documented", name, reply.status())
                        .isTrue());
        bodyHolds(documented, reply);
    }

    private static void bodyHolds(JsonNode documented, Wire.Reply reply) {
        var problem =
                documented.path("content").path("application/problem+json").path("schema");
        if (problem.isMissingNode()) {
            return; // the gateway's own wish
        }
        assertThat(reply.header("content-type")).contains("application/problem+json");
        assertThat(reply.body()).isEqualTo(constant(problem));
    }

    /** The one body a schema of constants allows. */
    static String constant(JsonNode schema) {
        var properties = resolved(schema).path("properties");
        return "{\"status\":" + properties.at("/status/const").asInt() + ",\"title\":\""
                + properties.at("/title/const").asText() + "\"}";
    }

    static List<String> statuses(String path, String method) {
        return responses(path, method).properties().stream()
                .map(each -> each.getKey())
                .toList();
    }
}
