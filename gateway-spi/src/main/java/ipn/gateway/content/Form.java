package ipn.gateway.content;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A body of type {@code application/x-www-form-urlencoded}, decoded. Payment data: never printed, never logged.
 *
 * @param fields in the order received
 */
public record Form(Map<String, String> fields) {

    public Form {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Decodes strictly, within bounds, and without guessing.
     *
     * @param charset picks the charset of the values, given the field {@code charset} of the form itself, if it has one
     * @throws RefusedException MALFORMED, DUPLICATE_KEY, or TOO_DEEP where it is larger than any real notification
     */
    public static Form decode(Bytes body, Function<Optional<String>, Charset> charset) {
        return decode(body, charset, FormDecoder.VALUE_BYTES_MAX);
    }

    /**
     * As above, where a gateway packs whole documents into a field.
     *
     * @param valueBytesMax a longer value is refused
     */
    public static Form decode(Bytes body, Function<Optional<String>, Charset> charset, int valueBytesMax) {
        return new Form(FormDecoder.decode(body, charset, valueBytesMax));
    }

    /** A field's text without surrounding blanks; empty where it is absent or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The fields as an object of texts. */
    public PayloadView payloadView() {
        var object = JsonNodeFactory.instance.objectNode();
        fields.forEach(object::put);
        return new PayloadView(new JsonField(object, ""));
    }

    /** SHA-256 of the decoded fields, sorted, so that neither their order nor their encoding matters. */
    public String digest(Set<String> without) {
        var all = new StringBuilder();
        new TreeMap<>(fields).forEach((name, value) -> {
            if (!without.contains(name)) {
                // lengths first: no value can then pass for the next field
                all.append(name.length()).append(':').append(name);
                all.append(value.length()).append(':').append(value);
            }
        });
        return Bytes.utf8(all.toString()).sha256();
    }

    @Override
    public String toString() {
        return "Form[%s fields]".formatted(Integer.toString(fields.size()));
    }
}
