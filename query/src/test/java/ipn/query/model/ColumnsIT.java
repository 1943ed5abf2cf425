package ipn.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DeadLetterStatus;
import ipn.avro.Decision;
import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.avro.Posting;
import ipn.query.ReadModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** A field of a contract that has no column would be lost without a word. */
class ColumnsIT {
    private static final Map<Table, Schema> CONTRACTS = Map.of(
            Table.PAYMENTS, PaymentState.getClassSchema(),
            Table.OUTCOMES, Outcome.getClassSchema(),
            Table.ORDERS, Order.getClassSchema(),
            Table.ENTITLEMENT_CHANGES, EntitlementEvent.getClassSchema(),
            Table.ENTITLEMENTS, EntitlementEvent.getClassSchema(),
            Table.DISCREPANCIES, Discrepancy.getClassSchema(),
            Table.DECISIONS, Decision.getClassSchema(),
            Table.LEDGER_ENTRIES, LedgerEntry.getClassSchema(),
            Table.LEDGER_LINES, Posting.getClassSchema(),
            Table.NOTIFICATIONS, NotificationCommand.getClassSchema());

    /** Left out on purpose. */
    private static final Map<Table, Set<String>> WITHOUT =
            Map.of(Table.OUTCOMES, Set.of("payment", "raw"), Table.ENTITLEMENTS, Set.of("event_id"));

    @Test
    void every_field_of_a_contract_has_a_column() {
        try (var model = ReadModel.create(ColumnsIT.class)) {
            model.database().migrate();
            CONTRACTS.forEach((table, contract) -> assertThat(names(contract)
                            .filter(name ->
                                    !WITHOUT.getOrDefault(table, Set.of()).contains(name)))
                    .as(table.sqlName())
                    .isSubsetOf(model.columns(table).toList()));
            assertThat(names(DeadLetterStatus.getClassSchema()))
                    .isSubsetOf(model.columns(Table.DEAD_LETTER_STATUSES).toList());
        }
    }

    /** Those of the cause and of the source stand beside the others. */
    private static Stream<String> names(Schema contract) {
        return contract.getFields().stream().flatMap(field -> {
            var name = AvroJson.name(field.name());
            return List.of("cause", "source").contains(name) && field.schema().getType() == Schema.Type.RECORD
                    ? field.schema().getFields().stream().map(part -> name + "_" + AvroJson.name(part.name()))
                    : Stream.of(name);
        });
    }
}
