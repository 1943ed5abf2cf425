package ipn.gateway.content;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Named values that a merchant encoded in one text, because the gateway has only one metadata field: as a JSON object, or as a
 * query string such as {@code user_id=u_42&product=premium}.
 */
public final class PackedWords {
    private PackedWords() {}

    /**
     * Decodes the named values of a text.
     *
     * @param pointer JSON pointer of the text
     * @return empty if the text is in neither format
     */
    public static Optional<JsonField> in(String text, String pointer) {
        var found = text.startsWith("{")
                ? StrictJson.glance(Bytes.utf8(text), JsonShape.WHOLE)
                : text.contains("=") ? query(text) : Optional.<JsonField>empty();
        return found.map(field -> new JsonField(field.node(), pointer));
    }

    /** Decodes the values with one of the names; empty if the text is in neither format. */
    public static Map<String, String> in(String text, Collection<String> names) {
        var found = new HashMap<String, String>();
        in(text, "")
                .ifPresent(words ->
                        names.forEach(name -> words.at(name).glance().ifPresent(value -> found.put(name, value))));
        return found;
    }

    private static Optional<JsonField> query(String text) {
        try {
            var object = JsonNodeFactory.instance.objectNode();
            Form.decode(Bytes.utf8(text), charset -> StandardCharsets.UTF_8)
                    .fields()
                    .forEach(object::put);
            return Optional.of(new JsonField(object, ""));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}
