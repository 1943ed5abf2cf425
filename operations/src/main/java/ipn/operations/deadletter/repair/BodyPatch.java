package ipn.operations.deadletter.repair;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;

/**
 * A patch of a body: a JSON merge patch of a JSON body, assignments to fields of a form. Numbers keep their digits.
 *
 * @param text as the person wrote it
 */
public record BodyPatch(String text) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * The repaired body.
     *
     * @param contentType as received
     * @throws IllegalArgumentException if body or patch are not what the content type says
     */
    public byte[] apply(byte[] body, String contentType) {
        if (contentType.toLowerCase(Locale.ROOT).contains("form-urlencoded")) {
            return FormPatch.parse(text).apply(new String(body, UTF_8)).getBytes(UTF_8);
        }
        try {
            return JSON.writeValueAsBytes(MergePatch.apply(json(body, "body"), json(text.getBytes(UTF_8), "patch")));
        } catch (IOException e) {
            throw new IllegalArgumentException("body: cannot be written as JSON (expected: JSON)", e);
        }
    }

    private static JsonNode json(byte[] bytes, String what) {
        try {
            var node = JSON.readTree(bytes);
            if (node == null || !node.isObject()) {
                throw new IllegalArgumentException(what + ": no JSON object (expected: one)");
            }
            return node;
        } catch (IOException e) {
            throw new IllegalArgumentException(what + ": not JSON (expected: a JSON object without duplicate keys)", e);
        }
    }
}
