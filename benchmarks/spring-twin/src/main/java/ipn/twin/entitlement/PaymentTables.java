package ipn.twin.entitlement;

import static ipn.twin.entitlement.SqlArrays.booleans;
import static ipn.twin.entitlement.SqlArrays.numbers;
import static ipn.twin.entitlement.SqlArrays.text;

import ipn.twin.gateway.PaymentFacts;
import ipn.twin.gateway.PaymentFacts.Dispute;
import ipn.twin.gateway.PaymentFacts.Refund;
import ipn.twin.gateway.Purchase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tables of events, payments and refunds. Rows are written in the order of their keys, so that transactions do not block each other in a circle. */
@Repository
public class PaymentTables {
    private final JdbcTemplate jdbc;
    private final EntitlementKeys keys;

    public PaymentTables(JdbcTemplate jdbc, EntitlementKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** Stores the keys of events; returns those that were not stored before. */
    Set<String> insertEvents(Collection<String> eventKeys) {
        return Set.copyOf(jdbc.queryForList(
                "INSERT INTO received_event (event_key) SELECT unnest(?) ON CONFLICT DO NOTHING RETURNING event_key",
                String.class,
                text(eventKeys.stream().sorted().toList())));
    }

    private record RefundRow(String paymentKey, Refund refund) {}

    /** Stores the refunds of payments; a refund that is stored already has no effect. */
    void insertRefunds(Map<String, PaymentFacts> payments) {
        var rows = new TreeMap<>(payments)
                .entrySet().stream()
                        .flatMap(payment -> payment.getValue().refunds().stream()
                                .map(refund -> new RefundRow(payment.getKey(), refund)))
                        .toList();
        if (!rows.isEmpty()) {
            jdbc.update(
                    "INSERT INTO refund (payment_key, refund_id, amount) SELECT * FROM unnest(?, ?, ?) ON CONFLICT DO NOTHING",
                    text(rows, RefundRow::paymentKey),
                    text(rows, row -> row.refund().id()),
                    numbers(rows, row -> row.refund().amount()));
        }
    }

    /** Joins facts into payments; returns the key of the entitlement by payment, for payments of which it is known. */
    Map<String, String> merge(Map<String, PaymentFacts> payments) {
        var rows = List.copyOf(new TreeMap<>(payments).entrySet());
        var entitlements = new HashMap<String, String>();
        jdbc.query(
                """
                INSERT INTO payment AS p (payment_key, subject, product, reference, currency, paid_until, entitlement_key, captured, dispute, fraud_warning)
                SELECT * FROM unnest(?, ?, ?, ?, ?, ?::timestamptz[], ?, ?, ?::smallint[], ?)
                ON CONFLICT (payment_key) DO UPDATE SET
                  subject = coalesce(p.subject, excluded.subject),
                  product = coalesce(p.product, excluded.product),
                  reference = coalesce(p.reference, excluded.reference),
                  currency = coalesce(p.currency, excluded.currency),
                  paid_until = greatest(p.paid_until, excluded.paid_until),
                  entitlement_key = coalesce(p.entitlement_key, excluded.entitlement_key),
                  captured = greatest(p.captured, excluded.captured),
                  dispute = greatest(p.dispute, excluded.dispute),
                  fraud_warning = p.fraud_warning OR excluded.fraud_warning
                RETURNING payment_key, entitlement_key""",
                result -> {
                    var key = Optional.ofNullable(result.getString(2));
                    var payment = result.getString(1);
                    key.ifPresent(entitlement -> entitlements.put(payment, entitlement));
                },
                text(rows, Map.Entry::getKey),
                text(rows, row -> purchase(row.getValue(), purchase -> Optional.of(purchase.subject()))),
                text(rows, row -> purchase(row.getValue(), purchase -> Optional.of(purchase.product()))),
                text(rows, row -> purchase(row.getValue(), Purchase::reference)),
                text(rows, row -> purchase(row.getValue(), purchase -> Optional.of(purchase.currency()))),
                text(
                        rows,
                        row -> purchase(
                                row.getValue(), purchase -> purchase.paidUntil().map(Object::toString))),
                text(rows, row -> purchase(row.getValue(), keys::of)),
                numbers(rows, row -> row.getValue().captured()),
                numbers(rows, row -> (long) row.getValue().dispute().ordinal()),
                booleans(rows, row -> row.getValue().fraudWarning()));
        return entitlements;
    }

    private static @Nullable String purchase(PaymentFacts facts, Function<Purchase, Optional<String>> column) {
        return facts.purchase().flatMap(column).orElse(null);
    }

    /** All payments of some entitlements, by the key of the entitlement. */
    Map<String, List<Payment>> payments(Collection<String> entitlementKeys) {
        return jdbc.query("""
                        SELECT entitlement_key, product, currency, captured, dispute, fraud_warning, paid_until,
                          (SELECT coalesce(sum(amount), 0) FROM refund r WHERE r.payment_key = p.payment_key) AS refunded
                        FROM payment p WHERE entitlement_key = ANY (?)""", PaymentTables::payment, text(entitlementKeys)).stream()
                .collect(Collectors.groupingBy(Payment::entitlementKey));
    }

    private static Payment payment(ResultSet row, int number) throws SQLException {
        return new Payment(
                row.getString("entitlement_key"),
                row.getString("product"),
                row.getString("currency"),
                row.getLong("captured"),
                row.getLong("refunded"),
                Dispute.values()[row.getInt("dispute")],
                row.getBoolean("fraud_warning"),
                Optional.ofNullable(row.getObject("paid_until", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
