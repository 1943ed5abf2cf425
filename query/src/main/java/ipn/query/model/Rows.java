package ipn.query.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import ipn.avro.DeadLetterStatus;
import ipn.avro.Decision;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.key.EntitlementKey;
import java.util.ArrayList;
import java.util.List;

/** What the records of each topic become in the tables. */
public final class Rows {
    private static final String CAUSE = "cause";

    private Rows() {}

    /** The state of a payment. */
    public static List<Change> payment(PaymentState state, Place place) {
        return List.of(Change.write(Table.PAYMENTS, PaymentRow.of(state, place), place));
    }

    /** Without the state, which has a row of its own, and without the raw record. */
    public static List<Change> outcome(Outcome outcome, Place place) {
        var row = AvroJson.flat(outcome, "source");
        row.remove(List.of("payment", "raw"));
        return List.of(Change.write(Table.OUTCOMES, row, place));
    }

    /** An order. */
    public static List<Change> order(Order order, Place place) {
        return List.of(Change.write(Table.ORDERS, AvroJson.of(order), place));
    }

    /** A change of access. */
    public static List<Change> entitlementChange(EntitlementEvent event, Place place) {
        return List.of(Change.write(Table.ENTITLEMENT_CHANGES, AvroJson.flat(event, CAUSE), place));
    }

    /** The last event as columns, and the key by which a later record withdraws it. */
    public static List<Change> entitlement(Entitlement entitlement, Place place) {
        var row = AvroJson.flat(entitlement.getLast(), CAUSE);
        row.put("entitlement_key", AvroJson.clean(place.key()));
        if (entitlement.getWithheld() != null) {
            row.set("withheld", AvroJson.of(entitlement.getWithheld()));
        }
        return List.of(Change.write(Table.ENTITLEMENTS, row, place));
    }

    /** Where the claims to an entitlement are; its key says whose it is. */
    public static List<Change> claims(Place place) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("entitlement_key", AvroJson.clean(place.key()));
        row.put(
                "subject",
                AvroJson.clean(EntitlementKey.parse(place.key())
                        .map(key -> key.subject().value())
                        .orElse("")));
        return List.of(Change.write(Table.ENTITLEMENT_CLAIMS, row, place));
    }

    /** Where the payments of an order are. */
    public static List<Change> orderAllocation(Place place) {
        var row = JsonNodeFactory.instance.objectNode().put("order_id", AvroJson.clean(place.key()));
        return List.of(Change.write(Table.ORDER_ALLOCATIONS, row, place));
    }

    /** A change of a discrepancy, open or closed. */
    public static List<Change> discrepancy(Discrepancy discrepancy, Place place) {
        return List.of(Change.write(Table.DISCREPANCY_CHANGES, AvroJson.flat(discrepancy, CAUSE), place));
    }

    /** What a person decided. */
    public static List<Change> decision(Decision decision, Place place) {
        return List.of(Change.write(Table.DECISIONS, AvroJson.of(decision), place));
    }

    /** The entry, and each of its lines. */
    public static List<Change> ledgerEntry(LedgerEntry entry, Place place) {
        var changes = new ArrayList<Change>();
        changes.add(Change.write(Table.LEDGER_ENTRIES, AvroJson.flat(entry, CAUSE), place));
        for (var line = 0; line < entry.getLines().size(); line++) {
            var row = AvroJson.of(entry.getLines().get(line));
            row.put("entry_id", AvroJson.clean(entry.getEntryId()));
            row.put("line", line);
            row.put("payment_key", AvroJson.clean(entry.getPaymentKey()));
            row.put("test", entry.getTest());
            changes.add(Change.write(Table.LEDGER_LINES, row, place));
        }
        return changes;
    }

    /** What a user was notified of. */
    public static List<Change> notification(NotificationCommand command, Place place) {
        return List.of(Change.write(Table.NOTIFICATIONS, AvroJson.flat(command, CAUSE), place));
    }

    /** What was decided about a dead letter. */
    public static List<Change> deadLetterStatus(DeadLetterStatus status, Place place) {
        return List.of(Change.write(Table.DEAD_LETTER_STATUSES, AvroJson.of(status), place));
    }
}
