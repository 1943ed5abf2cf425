package ipn.gateway.content;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Words that a merchant packed into one text, because the gateway has only one place for them: as a JSON object, or as a
 * query string such as {@code user_id=u_42&product=premium}.
 */
public final class PackedWords {
    private PackedWords() {}

    /**
     * What is packed in a text, by name.
     *
     * @param pointer where the text stands
     * @return empty where the text is no such package
     */
    public static Optional<JsonField> in(String text, String pointer) {
        var found = text.startsWith("{")
                ? StrictJson.glance(Bytes.utf8(text), JsonShape.WHOLE)
                : text.contains("=") ? query(text) : Optional.<JsonField>empty();
        return found.map(field -> new JsonField(field.node(), pointer));
    }

    /** What is packed in a text under one of the names; empty where the text is one plain word. */
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
