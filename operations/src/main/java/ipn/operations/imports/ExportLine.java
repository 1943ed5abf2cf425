package ipn.operations.imports;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One line of an export: an object of a list API, or a line of CSV as such an object.
 *
 * @param number of the line in the file, from 1
 */
public record ExportLine(long number, JsonNode fields) {
    private static final Map<String, JsonPointer> POINTERS = new ConcurrentHashMap<>();

    /** The first of these fields that is not blank. */
    public Optional<String> text(String... pointers) {
        for (var pointer : pointers) {
            var node = fields.at(POINTERS.computeIfAbsent(pointer, JsonPointer::compile));
            if (node.isValueNode() && !node.isNull() && !node.asText().isBlank()) {
                return Optional.of(node.asText().strip());
            }
        }
        return Optional.empty();
    }

    /** A field in lower case. */
    public Optional<String> word(String... pointers) {
        return text(pointers).map(text -> text.toLowerCase(Locale.ROOT));
    }

    /** True for true, yes and 1; false where the field is blank. */
    boolean flag(String... pointers) {
        var word = word(pointers);
        if (word.isEmpty() || List.of("false", "no", "0", "f", "n").contains(word.get())) {
            return false;
        }
        if (List.of("true", "yes", "1", "t", "y").contains(word.get())) {
            return true;
        }
        throw new LineException("%s: neither true nor false".formatted(pointers[0]));
    }

    /** A whole number above zero; 1 where the field is blank. */
    long count(String... pointers) {
        return text(pointers)
                .map(text -> {
                    if (!text.matches("[1-9][0-9]{0,8}")) {
                        throw new LineException(
                                "%s: not a number of items (expected: a whole number from 1)".formatted(pointers[0]));
                    }
                    return Long.valueOf(text);
                })
                .orElse(1L);
    }

    /** The elements of a list. */
    List<ExportLine> elements(String pointer) {
        var elements = new ArrayList<ExportLine>();
        fields.at(POINTERS.computeIfAbsent(pointer, JsonPointer::compile))
                .forEach(each -> elements.add(new ExportLine(number, each)));
        return elements;
    }

    /**
     * The first of these fields that is not blank.
     *
     * @throws LineException if all are
     */
    public String required(String name, String... pointers) {
        return text(pointers).orElseThrow(() -> new LineException(name + ": missing"));
    }
}
