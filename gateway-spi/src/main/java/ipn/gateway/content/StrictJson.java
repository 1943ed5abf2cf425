package ipn.gateway.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import ipn.topics.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a body that must be one JSON object in UTF-8, and refuses everything that parsers interpret differently: duplicate
 * keys, invalid UTF-8, a byte order mark, words such as NaN, data after the end. Numbers become exact decimals. Any input costs
 * at most some milliseconds and little memory.
 */
public final class StrictJson {
    /** The deepest real notification nests about 10 levels. */
    static final int DEPTH_MAX = 32;

    static final int BODY_BYTES_MAX = 4 * 1024 * 1024;
    static final int STRING_LENGTH_MAX = 100_000;
    static final int NUMBER_LENGTH_MAX = 100;
    static final int NAME_LENGTH_MAX = 1_000;
    static final int TOKENS_MAX = 100_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(STRING_LENGTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxTokenCount(TOKENS_MAX)
                    .build())
            // unauthenticated senders could fill a table of names that all bodies share
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private StrictJson() {}

    /**
     * Reads the whole body.
     *
     * @throws RefusedException MALFORMED, TOO_DEEP or DUPLICATE_KEY
     */
    public static JsonField read(Bytes body) {
        return read(body, JsonShape.WHOLE);
    }

    /**
     * Reads only the selected parts, which is much faster; the other parts are checked less strictly. If both methods succeed,
     * their results agree.
     *
     * @return empty if the body cannot be read
     */
    public static Optional<JsonField> glance(Bytes body, JsonShape shape) {
        return RefusedException.unlessRefused(() -> read(body, shape));
    }

    private static JsonField read(Bytes body, JsonShape shape) {
        try (var parser = FACTORY.createParser(text(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedException(Reason.MALFORMED, "the body: not a JSON object");
            }
            var root = object(parser, shape);
            if (parser.nextToken() != null) {
                throw new RefusedException(Reason.MALFORMED, "the body: data after the JSON object");
            }
            return new JsonField(root, "");
        } catch (StreamConstraintsException e) {
            throw tooDeep();
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            throw new RefusedException(Reason.MALFORMED, "the body: not JSON");
        }
    }

    private static RefusedException tooDeep() {
        return new RefusedException(
                Reason.TOO_DEEP, "the body: nests deeper, or is larger inside, than any real notification");
    }

    private static String text(Bytes body) {
        if (body.size() > BODY_BYTES_MAX) {
            throw tooDeep();
        }
        var text = body.utf8();
        if (text.startsWith("\uFEFF")) {
            throw new RefusedException(Reason.MALFORMED, "the body: begins with a byte order mark");
        }
        // a replacement character is either in the text or replaces invalid UTF-8
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                var unused = StandardCharsets.UTF_8.newDecoder().decode(body.buffer());
            } catch (CharacterCodingException e) {
                throw new RefusedException(Reason.MALFORMED, "the body: not UTF-8");
            }
        }
        return text;
    }

    private static ObjectNode object(JsonParser parser, JsonShape shape) throws IOException {
        var object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            var inside = shape.inside(name);
            if (inside.isEmpty()) {
                parser.skipChildren();
            } else if (object.replace(name, value(parser, inside.get())) != null) {
                throw new RefusedException(Reason.DUPLICATE_KEY, pointer(parser) + ": duplicate key");
            }
        }
        return object;
    }

    private static JsonNode value(JsonParser parser, JsonShape shape) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, shape);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
            case VALUE_TRUE -> JsonNodeFactory.instance.booleanNode(true);
            case VALUE_FALSE -> JsonNodeFactory.instance.booleanNode(false);
            case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
            default -> throw new RefusedException(Reason.MALFORMED, "the body: not JSON");
        };
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        var array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, JsonShape.WHOLE));
        }
        return array;
    }

    /** The position of the parser. The sender chooses the keys, so an unusual one is not repeated. */
    private static String pointer(JsonParser parser) {
        var pointer = parser.getParsingContext().pathAsPointer().toString();
        return pointer.matches("[A-Za-z0-9_/.-]{1,120}") ? pointer : "a key";
    }
}
