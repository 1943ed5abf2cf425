package ipn.app.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.operations.PlainValues;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints Java and Avro records as JSON, see {@link PlainValues}; characters that could change a terminal are JSON's codes of them. */
public final class JsonView {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Names of fields that are money. */
    static final Set<String> MONEY = PlainValues.MONEY;

    private JsonView() {}

    /** JSON over several lines. */
    public static String pretty(@Nullable Object value) {
        try {
            return Printable.lines(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(plain(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "plain value: not convertible to JSON (expected: maps, lists, strings and numbers only)", e);
        }
    }

    /** JSON on one line. */
    public static String line(@Nullable Object value) {
        try {
            return Printable.lines(MAPPER.writeValueAsString(plain(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "plain value: not convertible to JSON (expected: maps, lists, strings and numbers only)", e);
        }
    }

    /** Converts a value to maps, lists, strings, numbers, booleans and null. */
    static @Nullable Object plain(@Nullable Object value) {
        return PlainValues.of(value);
    }
}
