package ipn.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import ipn.fact.Fact.ReferenceName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Several of the merchant's words in the one text that a gateway has room for, as a JSON object or a query string.
 *
 * @param names under which the merchant keeps them
 */
public record PackedWords(Map<ReferenceName, String> names) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public PackedWords {
        names = Map.copyOf(names);
    }

    /** The words by their names; empty where the text is one plain word, or nothing in it goes by one of the names. */
    public Map<String, String> in(String text) {
        var found = text.startsWith("{") ? json(text) : text.contains("=") ? query(text) : Map.<String, String>of();
        return found.keySet().stream().anyMatch(names::containsValue) ? found : Map.of();
    }

    private Map<String, String> json(String text) {
        try {
            var object = JSON.readTree(text);
            var found = new HashMap<String, String>();
            names.values().forEach(key -> scalar(object.path(key)).ifPresent(value -> found.put(key, value)));
            return found;
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    private static Optional<String> scalar(JsonNode node) {
        return node.isTextual() || node.isIntegralNumber() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static Map<String, String> query(String text) {
        try {
            return Form.decode(Bytes.utf8(text), charset -> StandardCharsets.UTF_8)
                    .fields();
        } catch (RefusedException e) {
            return Map.of();
        }
    }
}
