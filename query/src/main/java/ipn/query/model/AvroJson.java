package ipn.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro records as JSON: names in snake case, times in ISO 8601, fields that are null left out. These are the names of columns, and of fields in
 * answers.
 */
public final class AvroJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Words that SQL reserves. */
    private static final Map<String, String> RENAMED = Map.of(
            "from", "valid_from",
            "until", "valid_until",
            "order", "order_id",
            "references", "refs");

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private AvroJson() {}

    /** The fields of a record. */
    public static ObjectNode of(IndexedRecord record) {
        var object = JSON.objectNode();
        for (var field : record.getSchema().getFields()) {
            var value = record.get(field.pos());
            if (value != null) {
                object.set(name(field.name()), node(value));
            }
        }
        return object;
    }

    /** As {@link #of}; the fields of a field that is a record itself stand beside the others, such as {@code cause_offset}. */
    public static ObjectNode flat(IndexedRecord record, String field) {
        var object = of(record);
        if (object.remove(field) instanceof ObjectNode nested) {
            nested.properties().forEach(each -> object.set(field + "_" + each.getKey(), each.getValue()));
        }
        return object;
    }

    /** A value, which is not null. */
    static JsonNode node(Object value) {
        if (value instanceof CharSequence text) {
            return JSON.textNode(clean(text.toString()));
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Integer number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof IndexedRecord record) {
            return of(record);
        }
        if (value instanceof List<?> list) {
            var array = JSON.arrayNode(list.size());
            list.forEach(each -> array.add(node(each)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            var object = JSON.objectNode();
            map.forEach((key, each) -> object.set(clean(String.valueOf(key)), node(each)));
            return object;
        }
        if (value instanceof Instant time) {
            return JSON.textNode(within(time, FIRST, LAST).toString());
        }
        if (value instanceof LocalDate day) {
            return JSON.textNode(
                    within(day, LocalDate.EPOCH, LocalDate.of(9999, 1, 1)).toString());
        }
        return JSON.textNode(value.toString()); // an enum
    }

    /** A gateway's clock may say anything; PostgreSQL stores years of four digits only. */
    private static <T extends Comparable<? super T>> T within(T value, T first, T last) {
        return value.compareTo(first) < 0 ? first : value.compareTo(last) > 0 ? last : value;
    }

    /** A text as PostgreSQL can store it: without the character NUL. */
    static String clean(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    static String name(String field) {
        return NAMES.computeIfAbsent(field, camel -> RENAMED.getOrDefault(camel, snake(camel)));
    }

    private static String snake(String camel) {
        var snake = new StringBuilder();
        camel.chars()
                .forEach(each -> (Character.isUpperCase(each) ? snake.append('_') : snake)
                        .appendCodePoint(Character.toLowerCase(each)));
        return snake.toString();
    }
}
