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
 * A decoded body of type {@code application/x-www-form-urlencoded}. It contains payment data: never print or log it.
 *
 * @param fields in the order received
 */
public record Form(Map<String, String> fields) {

    public Form {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Decodes a form strictly and within size limits.
     *
     * @param charset returns the charset of the values, given the form's field {@code charset}, if present
     * @throws RefusedException MALFORMED, DUPLICATE_KEY, or TOO_DEEP if the form is larger than any real notification
     */
    public static Form decode(Bytes body, Function<Optional<String>, Charset> charset) {
        return decode(body, charset, FormDecoder.VALUE_BYTES_MAX);
    }

    /**
     * Decodes a form with a custom size limit, for a gateway that sends whole documents in a field.
     *
     * @param valueBytesMax a longer value is refused
     */
    public static Form decode(Bytes body, Function<Optional<String>, Charset> charset, int valueBytesMax) {
        return new Form(FormDecoder.decode(body, charset, valueBytesMax));
    }

    /** A field's text without surrounding blanks; empty if absent or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The fields as a JSON object of texts. */
    public PayloadView payloadView() {
        var object = JsonNodeFactory.instance.objectNode();
        fields.forEach(object::put);
        return new PayloadView(new JsonField(object, ""));
    }

    /** SHA-256 of the sorted, decoded fields: independent of their order and encoding. */
    public String digest(Set<String> without) {
        var all = new StringBuilder();
        new TreeMap<>(fields).forEach((name, value) -> {
            if (!without.contains(name)) {
                // with length prefixes, a value cannot imitate the next field
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
