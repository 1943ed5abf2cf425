package ipn.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list begins: after the row with this time and id. So no row is left out or shown twice when others arrive in between.
 *
 * @param time of the last row
 * @param id of the last row
 */
record Cursor(String time, String id) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As a text whose form is nobody's business. */
    String encode() {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(List.of(time, id)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws ProblemException if it is none of ours */
    static Cursor decode(String text) {
        var parts = parts(text);
        if (parts == null
                || parts.size() != 2
                || !Kind.TIME.accepts(parts.path(0).asText())) {
            throw ProblemException.parameter("cursor", Kind.CURSOR.expected());
        }
        return new Cursor(parts.path(0).asText(), parts.path(1).asText().replace("\0", ""));
    }

    private static @Nullable JsonNode parts(String text) {
        try {
            var json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return JSON.readTree(json);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return null;
        }
    }
}
