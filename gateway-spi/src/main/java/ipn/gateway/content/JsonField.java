package ipn.gateway.content;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field of a JSON body, present or absent. It knows its pointer, so that a refusal can name the field; a refusal never
 * contains the value. Null counts as absent.
 */
public final class JsonField {
    private static final int CODE_LENGTH_MAX = 64;
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");

    private final JsonNode node;
    private final @Nullable JsonField parent;
    /** From the parent, or from the top of the body. */
    private final String path;

    /** @param pointer JSON pointer from the top of the body */
    public JsonField(JsonNode node, String pointer) {
        this(node, null, pointer);
    }

    private JsonField(JsonNode node, @Nullable JsonField parent, String path) {
        this.node = node;
        this.parent = parent;
        this.path = path;
    }

    public JsonNode node() {
        return node;
    }

    /** JSON pointer from the top of the body. Put together only when it is asked for: few fields are refused. */
    public String pointer() {
        return parent == null ? path : parent.pointer() + "/" + path;
    }

    /** The member with this name; absent if this is no object or has no such member. */
    public JsonField at(String name) {
        return new JsonField(node.path(name), this, name);
    }

    /** The field at a JSON pointer relative to this field. */
    public JsonField at(JsonPointer from) {
        return new JsonField(node.at(from), pointer() + from);
    }

    /** The elements of a list; empty for any other value. */
    public List<JsonField> elements() {
        var elements = new ArrayList<JsonField>();
        if (node.isArray()) {
            for (var i = 0; i < node.size(); i++) {
                elements.add(new JsonField(node.path(i), this, Integer.toString(i)));
            }
        }
        return elements;
    }

    public boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    /**
     * Returns this field if it is present.
     *
     * @throws RefusedException MISSING_FIELD
     */
    public JsonField required() {
        if (!isPresent()) {
            throw new RefusedException(Reason.MISSING_FIELD, pointer() + ": missing");
        }
        return this;
    }

    /** The text, or a whole number in decimal notation; empty for any other value. Never throws. */
    public Optional<String> glance() {
        if (node.isNumber() && node.decimalValue().scale() == 0) {
            return Optional.of(node.decimalValue().toBigInteger().toString());
        }
        return Optional.ofNullable(node.textValue());
    }

    /** A count: a whole number of 1 to 999,999,999, also as text; empty for any other value, such as a part of a unit. Never throws. */
    public Optional<Long> glanceCount() {
        return glance().filter(text -> COUNT.matcher(text).matches()).map(Long::valueOf);
    }

    /** A possible id: a text that is not empty, or a whole number; empty for any other value. Never throws. */
    public Optional<String> glanceId() {
        return glance().filter(id -> !id.isEmpty());
    }

    /**
     * The text, or a whole number in decimal notation; empty if absent.
     *
     * @throws RefusedException MALFORMED for any other value
     */
    public Optional<String> text() {
        var text = glance();
        if (text.isEmpty() && isPresent()) {
            throw new RefusedException(Reason.MALFORMED, pointer() + ": not a text");
        }
        return text;
    }

    /**
     * An id of the gateway; empty if absent.
     *
     * @throws RefusedException INVALID_ID for any other value
     */
    public Optional<String> id() {
        if (!isPresent()) {
            return Optional.empty();
        }
        var id = glance().orElse("");
        if (!GatewayIds.isId(id)) {
            throw new RefusedException(
                    Reason.INVALID_ID,
                    pointer() + ": not an id (expected: printable ASCII without blanks and slashes)");
        }
        return Optional.of(id);
    }

    /** An id, or the field {@code id} of an object: gateways expand some references. */
    public Optional<String> reference() {
        return node.isObject() ? at("id").id() : id();
    }

    /**
     * A name that the merchant or a customer chose: any characters except control characters; empty if absent.
     *
     * @throws RefusedException INVALID_ID if it is blank, too long, or contains control characters
     */
    public Optional<String> word(int lengthMax) {
        var word = text();
        if (word.isPresent() && !isWord(word.get(), lengthMax)) {
            throw new RefusedException(
                    Reason.INVALID_ID,
                    pointer() + ": empty, too long or with control characters (expected: 1 to "
                            + Integer.toString(lengthMax) + " characters)");
        }
        return word;
    }

    /**
     * A name for information only, such as a coupon's, without surrounding blanks; empty if it is absent, blank, too long, or
     * contains control characters. Never throws.
     */
    public Optional<String> glanceWord(int lengthMax) {
        return glance().map(String::strip).filter(word -> isWord(word, lengthMax));
    }

    private static boolean isWord(String word, int lengthMax) {
        return !word.isBlank()
                && word.length() <= lengthMax
                && word.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE
                                || Character.getType(c) == Character.LINE_SEPARATOR
                                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    }

    /** A code such as {@code insufficient_funds}; empty if absent, or if it is free text, which could be personal data. */
    public String code() {
        return glance().filter(text -> Codes.is(text, CODE_LENGTH_MAX)).orElse("");
    }

    /**
     * A boolean; absent counts as false.
     *
     * @throws RefusedException MALFORMED for any other value
     */
    public boolean flag() {
        if (isPresent() && !node.isBoolean()) {
            throw new RefusedException(Reason.MALFORMED, pointer() + ": not true or false");
        }
        return node.booleanValue();
    }

    /**
     * A number, which is mandatory.
     *
     * @throws RefusedException MISSING_FIELD, or the given reason if it is no number
     */
    public BigDecimal number(Reason otherwise) {
        if (!required().node.isNumber()) {
            throw new RefusedException(otherwise, pointer() + ": not a number");
        }
        return node.decimalValue();
    }
}
