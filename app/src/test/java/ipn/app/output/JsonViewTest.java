package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.operations.ledger.LedgerGroup;
import ipn.operations.ledger.TrialBalance;
import ipn.operations.reconcile.match.Comparison;
import ipn.operations.reconcile.match.Finding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class JsonViewTest {
    private record Line(String name, Optional<Instant> at, Optional<String> nothing, List<Integer> counts) {}

    @Test
    void records_become_objects_with_times_in_iso_8601_and_nothing_as_null() {
        var line = new Line("x", Optional.of(Instant.EPOCH), Optional.empty(), List.of(1, 2));
        assertThat(JsonView.pretty(line).replaceAll("\\s", ""))
                .isEqualTo("{\"name\":\"x\",\"at\":\"1970-01-01T00:00:00Z\",\"nothing\":null,\"counts\":[1,2]}");
    }

    @Test
    void avro_records_become_objects_of_their_fields() {
        var cause = new Cause("stripe/main/evt_1", "ipn.raw", 3, 9L, false);
        assertThat(JsonView.plain(cause))
                .isEqualTo(Map.of(
                        "eventKey",
                        "stripe/main/evt_1",
                        "topic",
                        "ipn.raw",
                        "partition",
                        3,
                        "offset",
                        9L,
                        "byClock",
                        false));
    }

    @Test
    void money_has_one_shape_with_the_currency_of_its_record() {
        var total = Totals.newBuilder()
                .setCurrency("JPY")
                .setAuthorized(5)
                .setCaptured(900)
                .setRefunded(0)
                .setDisputed(0)
                .setLost(0)
                .setFees(0)
                .build();
        assertThat(JsonView.line(total)).contains("\"currency\":\"JPY\"", "\"captured\":900", "\"exponent\":0");
        var row = new TrialBalance.Row(new LedgerGroup("USD", "revenue", null, null), 0, 800, -800);
        assertThat(JsonView.line(row)).contains("\"balance\":-800,\"currency\":\"USD\",\"exponent\":2");
        var sum = new Comparison.Sum("MATCHED", "capture", "USD", 3, 2400, 2400);
        assertThat(JsonView.line(sum))
                .contains("\"currency\":\"USD\"", "\"count\":3,\"reported\":2400", "\"exponent\":2");
    }

    @Test
    void each_number_of_a_record_with_a_currency_is_money_or_known_to_be_none() {
        var others = Set.of("sequence", "count", "line", "quantity", "offset");
        var records = SpecificSchemas.withCurrency();
        assertThat(records).isNotEmpty();
        for (var schema : records) {
            assertThat(SpecificSchemas.longs(schema))
                    .as("%s: numbers that are neither in JsonView.MONEY nor listed here", schema.getFullName())
                    .allMatch(name -> JsonView.MONEY.contains(name) || others.contains(name));
        }
        for (var type : List.of(TrialBalance.Row.class, Comparison.Sum.class, Comparison.Fees.class, Finding.class)) {
            assertThat(type.getRecordComponents())
                    .filteredOn(component -> component.getType() == long.class || component.getType() == Long.class)
                    .allMatch(component ->
                            JsonView.MONEY.contains(component.getName()) || others.contains(component.getName()));
        }
    }

    /** Schemas of the values that commands print. */
    private static final class SpecificSchemas {
        static List<Schema> withCurrency() {
            var found = new LinkedHashMap<String, Schema>();
            for (var schema : List.of(
                    PaymentState.getClassSchema(),
                    Order.getClassSchema(),
                    OrderAllocation.getClassSchema(),
                    LedgerEntry.getClassSchema(),
                    NotificationCommand.getClassSchema(),
                    Claim.getClassSchema(),
                    Discrepancy.getClassSchema())) {
                collect(schema, false, found);
            }
            return List.copyOf(found.values());
        }

        private static void collect(Schema schema, boolean inside, LinkedHashMap<String, Schema> found) {
            switch (schema.getType()) {
                case RECORD -> {
                    var money = inside || schema.getField("currency") != null;
                    if (money && found.putIfAbsent(schema.getFullName(), schema) != null) {
                        return;
                    }
                    schema.getFields().forEach(field -> collect(field.schema(), money, found));
                }
                case ARRAY -> collect(schema.getElementType(), inside, found);
                case MAP -> collect(schema.getValueType(), inside, found);
                case UNION -> schema.getTypes().forEach(each -> collect(each, inside, found));
                default -> {
                    // a single value
                }
            }
        }

        static List<String> longs(Schema schema) {
            return schema.getFields().stream()
                    .filter(field -> isLong(field.schema()))
                    .map(Schema.Field::name)
                    .toList();
        }

        private static boolean isLong(Schema schema) {
            return schema.getType() == Schema.Type.LONG && schema.getLogicalType() == null
                    || schema.isUnion() && schema.getTypes().stream().anyMatch(SpecificSchemas::isLong);
        }
    }
}
