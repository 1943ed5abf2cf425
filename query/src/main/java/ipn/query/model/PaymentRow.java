package ipn.query.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.operations.find.Criteria;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The row of a payment: its state, and what it is found by. */
final class PaymentRow {
    private PaymentRow() {}

    static ObjectNode of(PaymentState state, Place place) {
        var row = AvroJson.of(state);
        var references = state.getReferences();
        put(row, "subject", references.get("subject"));
        put(row, "order_id", references.get("order"));
        state.getTotals().stream()
                .max(Comparator.comparing(PaymentRow::amount).thenComparing(Totals::getCurrency))
                .ifPresent(most -> {
                    row.setAll(AvroJson.of(most));
                    row.put("amount", amount(most));
                });
        row.set("started_at", AvroJson.node(startedAt(state, place)));
        var newest = Criteria.newest(state);
        if (newest != null) {
            row.set("newest_at", AvroJson.node(newest));
        }
        var ids = row.putArray("ids");
        PaymentIds.of(state).forEach(ids::add);
        return row;
    }

    private static void put(ObjectNode row, String column, @Nullable String value) {
        if (value != null) {
            row.put(column, AvroJson.clean(value));
        }
    }

    private static long amount(Totals totals) {
        return totals.getCaptured() > 0 ? totals.getCaptured() : totals.getAuthorized();
    }

    private static Instant startedAt(PaymentState state, Place place) {
        return state.getFacts().stream()
                .map(FactRow::getFirstAt)
                .min(Comparator.naturalOrder())
                .orElse(place.at());
    }
}
