package ipn.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads samples and vectors from the test resources. */
public final class TestFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestFiles() {}

    public static Bytes bytes(String path) {
        try (var in = TestFiles.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException(path + ": no such test resource");
            }
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String path) {
        try {
            return JSON.readTree(bytes(path).array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The delivery in {@code samples/<folder>/<name>.json}, with the headers in {@code <name>.headers.json}. */
    public static Delivery delivery(String folder, String name) {
        var headers = json("samples/" + folder + "/" + name + ".headers.json").path("headers");
        return new Delivery(
                headers(headers), bytes("samples/" + folder + "/" + name + ".json"), GatewayUnderTest.RECEIVED_AT);
    }

    public static Map<String, List<String>> headers(JsonNode headers) {
        var all = new HashMap<String, List<String>>();
        headers.properties()
                .forEach(header -> all.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        List.of(header.getValue().asText())));
        return all;
    }

    /** The signature vectors of a gateway. */
    public static List<JsonNode> vectors(String gateway) {
        var all = new ArrayList<JsonNode>();
        json("vectors/" + gateway + ".json").forEach(all::add);
        return all;
    }
}
