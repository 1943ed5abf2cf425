package ipn.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The types of all fields of a JSON object; all elements of a list count as one field.
 *
 * @param fields by JSON pointer, list elements as {@code *}
 */
record FieldTypes(Map<String, Set<FieldType>> fields) {
    /** Further fields are ignored, so that a sender cannot fill the memory. */
    private static final int FIELDS_MAX = 2_000;

    private static final Pattern USUAL = Pattern.compile("@?[A-Za-z0-9_.:-]{1,60}");

    /** @param free pointers to fields whose content the merchant defines */
    static FieldTypes of(JsonNode root, Set<String> free) {
        var fields = new TreeMap<String, Set<FieldType>>();
        inside(root, "", free, fields);
        return new FieldTypes(fields);
    }

    private static void inside(JsonNode node, String at, Set<String> free, Map<String, Set<FieldType>> fields) {
        if (free.contains(at)) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> field(member.getValue(), at + "/" + word(member.getKey()), free, fields));
        } else if (node.isArray()) {
            node.forEach(element -> field(element, at + "/*", free, fields));
        }
    }

    private static void field(JsonNode node, String at, Set<String> free, Map<String, Set<FieldType>> fields) {
        if (fields.size() < FIELDS_MAX || fields.containsKey(at)) {
            fields.computeIfAbsent(at, absent -> EnumSet.noneOf(FieldType.class))
                    .add(FieldType.of(node));
            inside(node, at, free, fields);
        }
    }

    /** The sender chooses field names: an unusual name is not reported, nor one that could be an e-mail address. */
    private static String word(String name) {
        return USUAL.matcher(name).matches() ? name : "?";
    }
}
