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
            Table.DISCREPANCY_CHANGES, Discrepancy.getClassSchema(),
            Table.DECISIONS, Decision.getClassSchema(),
            Table.LEDGER_ENTRIES, LedgerEntry.getClassSchema(),
            Table.LEDGER_LINES, Posting.getClassSchema(),
            Table.NOTIFICATIONS, NotificationCommand.getClassSchema());

    /** Left out on purpose. */
    private static final Map<Table, Set<String>> WITHOUT =
            Map.of(Table.OUTCOMES, Set.of("payment", "raw"), Table.ENTITLEMENTS, Set.of("event_id"));

    private static final String TEXTS_IN_INDEXES = """
            SELECT name FROM (
                SELECT attrelid::regclass || '.' || attname AS name,
                       indisprimary AS isprimary,
                       EXISTS (SELECT 1 FROM pg_constraint
                               WHERE conrelid = indrelid AND contype = 'c' AND attnum = ANY (conkey)) AS checked
                FROM pg_index
                JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
                JOIN pg_class ON pg_class.oid = indrelid
                WHERE relnamespace = 'ipn'::regnamespace AND atttypid = 'text'::regtype
                  AND relname NOT LIKE 'flyway%') columns
            WHERE true""";

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

    /** Indexes are made when the tables are full: a text that one cannot hold must have been refused before. */
    @Test
    void no_row_has_a_text_that_an_index_cannot_hold() {
        try (var model = ReadModel.create(ColumnsIT.class)) {
            model.database().createTables();
            assertThat(model.query(TEXTS_IN_INDEXES + " AND NOT isprimary")).isEmpty();

            model.database().migrate();
            assertThat(model.query(TEXTS_IN_INDEXES)).hasSizeGreaterThan(20);
            assertThat(model.query(TEXTS_IN_INDEXES + " AND NOT isprimary AND NOT checked"))
                    .isEmpty();
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
