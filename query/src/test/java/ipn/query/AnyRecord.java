package ipn.query;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of any contract with random values in every field; texts are from small pools, so that keys repeat. */
public final class AnyRecord {
    private static final List<String> REFERENCES = List.of("order", "subject", "product", "reference");
    private static final int POOL = 20;

    private final Random random;

    public AnyRecord(long seed) {
        random = new Random(seed);
    }

    /** A record of a type. */
    public <T extends SpecificRecord> T of(Class<T> type) {
        return type.cast(value(SpecificData.get().getSchema(type), type.getSimpleName()));
    }

    /** Replaces the value of a field. */
    public static void set(SpecificRecord record, String field, @Nullable Object value) {
        record.put(record.getSchema().getField(field).pos(), value);
    }

    private @Nullable Object value(Schema schema, String name) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case UNION -> union(schema, name);
            case ARRAY -> list(schema, name);
            case MAP -> map(schema);
            case ENUM ->
                SpecificData.get()
                        .createEnum(
                                schema.getEnumSymbols()
                                        .get(1
                                                + random.nextInt(
                                                        schema.getEnumSymbols().size() - 1)),
                                schema);
            case STRING -> name + "_" + random.nextInt(POOL);
            case LONG ->
                schema.getLogicalType() == null
                        ? (Object) (long) random.nextInt(100_000)
                        : Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt(1_000_000_000));
            case INT ->
                schema.getLogicalType() instanceof LogicalTypes.Date
                        ? (Object) LocalDate.ofEpochDay(20_000 + random.nextInt(100))
                        : (Object) random.nextInt(100);
            case BOOLEAN -> random.nextBoolean();
            case BYTES -> ByteBuffer.wrap(new byte[] {1, 2, 3});
            default -> throw new IllegalArgumentException(schema.toString());
        };
    }

    private Object record(Schema schema) {
        var record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (var field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), field.name()));
        }
        return record;
    }

    private @Nullable Object union(Schema schema, String name) {
        var other = schema.getTypes().get(1);
        return random.nextInt(4) == 0 ? null : value(other, name);
    }

    private List<Object> list(Schema schema, String name) {
        var list = new ArrayList<>();
        for (var i = random.nextInt(3); i > 0; i--) {
            list.add(value(schema.getElementType(), name));
        }
        return list;
    }

    private Object map(Schema schema) {
        var map = new HashMap<String, Object>();
        for (var reference : REFERENCES) {
            if (random.nextBoolean()) {
                map.put(reference, value(schema.getValueType(), reference));
            }
        }
        return map;
    }
}
