package ipn.gateway.content;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One place in a JSON body, there or not. It knows where it is, so that a refusal can name the place; a refusal never tells
 * the value. Null counts as absent.
 *
 * @param pointer JSON pointer from the top of the body
 */
public record JsonField(JsonNode node, String pointer) {
    /** The member of that name; absent where this is no object or has none. */
    public JsonField at(String name) {
        return new JsonField(node.path(name), pointer + "/" + name);
    }

    /** The value at a JSON pointer from here. */
    public JsonField at(JsonPointer from) {
        return new JsonField(node.at(from), pointer + from);
    }

    /** The elements, if this is a list. */
    public List<JsonField> elements() {
        var elements = new ArrayList<JsonField>();
        if (node.isArray()) {
            for (var i = 0; i < node.size(); i++) {
                elements.add(new JsonField(node.path(i), pointer + "/" + i));
            }
        }
        return elements;
    }

    public boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    /**
     * This place, which has to be there.
     *
     * @throws RefusedException MISSING_FIELD
     */
    public JsonField required() {
        if (!isPresent()) {
            throw new RefusedException(Reason.MISSING_FIELD, pointer + ": missing");
        }
        return this;
    }

    /** The text here, or a whole number as one writes it; empty where there is anything else. For looking without judging. */
    public Optional<String> glance() {
        if (node.isNumber() && node.decimalValue().scale() == 0) {
            return Optional.of(node.decimalValue().toBigInteger().toString());
        }
        return Optional.ofNullable(node.textValue());
    }

    /** What could be an id, however odd: a text that is not empty, or a whole number. For looking without judging. */
    public Optional<String> glanceId() {
        return glance().filter(id -> !id.isEmpty());
    }

    /**
     * The text here, or a whole number as one writes it.
     *
     * @throws RefusedException MALFORMED if something else is here
     */
    public Optional<String> text() {
        var text = glance();
        if (text.isEmpty() && isPresent()) {
            throw new RefusedException(Reason.MALFORMED, pointer + ": not a text");
        }
        return text;
    }

    /**
     * An id of the gateway.
     *
     * @throws RefusedException INVALID_ID if what is here is no id
     */
    public Optional<String> id() {
        if (!isPresent()) {
            return Optional.empty();
        }
        var id = glance().orElse("");
        if (!GatewayIds.isId(id)) {
            throw new RefusedException(
                    Reason.INVALID_ID, pointer + ": not an id (expected: printable ASCII without blanks and slashes)");
        }
        return Optional.of(id);
    }

    /** An id, or an object that has its id under {@code id}: gateways expand some references. */
    public Optional<String> reference() {
        return node.isObject() ? at("id").id() : id();
    }

    /**
     * Somebody's own word for something: any letters, no control characters.
     *
     * @throws RefusedException INVALID_ID if it is empty, too long, or has characters that are none
     */
    public Optional<String> word(int lengthMax) {
        var word = text();
        if (word.isPresent() && !isWord(word.get(), lengthMax)) {
            throw new RefusedException(
                    Reason.INVALID_ID,
                    pointer + ": empty, too long or with control characters (expected: 1 to "
                            + Integer.toString(lengthMax) + " characters)");
        }
        return word;
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

    /** A code such as {@code insufficient_funds}; empty where there is none, or free text that could be personal. */
    public String code() {
        return glance().filter(text -> text.matches("[A-Za-z0-9_.:-]{1,64}")).orElse("");
    }

    /**
     * True or false; absent counts as false.
     *
     * @throws RefusedException MALFORMED if something else is here
     */
    public boolean flag() {
        if (isPresent() && !node.isBoolean()) {
            throw new RefusedException(Reason.MALFORMED, pointer + ": not true or false");
        }
        return node.booleanValue();
    }

    /**
     * A number that must be here.
     *
     * @throws RefusedException MISSING_FIELD, or the given reason if it is no number
     */
    public BigDecimal number(Reason otherwise) {
        if (!required().node.isNumber()) {
            throw new RefusedException(otherwise, pointer + ": not a number");
        }
        return node.decimalValue();
    }
}
