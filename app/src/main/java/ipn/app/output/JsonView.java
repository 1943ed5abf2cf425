package ipn.app.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Converts Java and Avro records to JSON: field names unchanged, times in ISO 8601, bytes in base64, absent values as null. */
public final class JsonView {
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, each) -> plain.put(String.valueOf(key), plain(each)));
            return plain;
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(JsonView::plain).toList();
        }
        if (value instanceof IndexedRecord avro) {
            return ofAvro(avro);
        }
        if (value instanceof Record entry) {
            return ofRecord(entry);
        }
        if (value instanceof ByteBuffer bytes) {
            return Base64.getEncoder().encodeToString(toArray(bytes));
        }
        return value.toString();
    }

    private static Map<String, @Nullable Object> ofAvro(IndexedRecord avro) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        for (var field : avro.getSchema().getFields()) {
            plain.put(field.name(), plain(avro.get(field.pos())));
        }
        return plain;
    }

    private static Map<String, @Nullable Object> ofRecord(Record value) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        for (var component : value.getClass().getRecordComponents()) {
            plain.put(component.getName(), plain(read(component, value)));
        }
        return plain;
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.getName() + ": cannot be read", e);
        }
    }

    private static byte[] toArray(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
