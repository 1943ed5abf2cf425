package ipn.operations;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Converts results to what JSON has: field names unchanged, times in ISO 8601, bytes in base64, absent values as null. Every object with money
 * has amounts in minor units, and beside them {@code currency} and {@code exponent}, the decimals of the currency.
 */
public final class PlainValues {
    /** Names of fields that are money in minor units, of the currency of their record or of the record around it. */
    public static final Set<String> MONEY = Set.of(
            "amount",
            "authorized",
            "balance",
            "captured",
            "credit",
            "credits",
            "debits",
            "discount",
            "disputed",
            "due",
            "fees",
            "lost",
            "ourFee",
            "ours",
            "paid",
            "refunded",
            "reported",
            "reportedFee",
            "secondAmount",
            "tax");

    private static final String CURRENCY = "currency";

    private PlainValues() {}

    /** Maps, lists, strings, numbers, booleans and null. */
    public static @Nullable Object of(@Nullable Object value) {
        return of(value, null);
    }

    /** @param currency of the record around the value; null if it has none */
    private static @Nullable Object of(@Nullable Object value, @Nullable String currency) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null), currency);
        }
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, each) -> plain.put(String.valueOf(key), of(each, currency)));
            return plain;
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(each -> of(each, currency)).toList();
        }
        if (value instanceof IndexedRecord avro) {
            return plainFields(fields(avro), currency);
        }
        if (value instanceof Record entry) {
            return plainFields(fields(entry), currency);
        }
        if (value instanceof ByteBuffer bytes) {
            return Base64.getEncoder().encodeToString(toArray(bytes));
        }
        return value.toString();
    }

    private static Map<String, @Nullable Object> fields(IndexedRecord avro) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (var field : avro.getSchema().getFields()) {
            fields.put(field.name(), avro.get(field.pos()));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Record value) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (var component : value.getClass().getRecordComponents()) {
            fields.put(component.getName(), read(component, value));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> plainFields(
            Map<String, @Nullable Object> fields, @Nullable String around) {
        var own = currency(fields, around);
        var plain = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((name, value) -> plain.put(name, of(value, own)));
        if (own != null && fields.keySet().stream().anyMatch(MONEY::contains)) {
            plain.put(CURRENCY, own.isEmpty() ? null : own);
            plain.put("exponent", own.isEmpty() ? null : exponent(own));
        }
        return plain;
    }

    /** The currency of a record: its own, that of the group it belongs to, or that of the record around it. */
    private static @Nullable String currency(Map<String, @Nullable Object> fields, @Nullable String around) {
        var own = fields.get(CURRENCY);
        if (fields.containsKey(CURRENCY)) {
            return own == null ? "" : own.toString();
        }
        return fields.get("group") instanceof Record group && fields(group).get(CURRENCY) instanceof String currency
                ? currency
                : around;
    }

    /** The number of decimals of a currency; 0 where the JDK does not know it. */
    private static int exponent(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 0;
        }
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
