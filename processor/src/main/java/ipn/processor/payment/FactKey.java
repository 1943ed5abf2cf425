package ipn.processor.payment;

import ipn.avro.FactKind;
import ipn.fact.Fact;
import java.util.Comparator;
import java.util.Map;

/** Which fact of a payment: its kind and its identity within the kind. Sorted, so that a state has one written form. */
public record FactKey(FactKind kind, String id) implements Comparable<FactKey> {
    private static final Comparator<FactKey> ORDER =
            Comparator.comparing(FactKey::kind).thenComparing(FactKey::id);

    private static final Map<Class<? extends Fact>, FactKind> KINDS = Map.ofEntries(
            Map.entry(Fact.Authorized.class, FactKind.AUTHORIZED),
            Map.entry(Fact.Captured.class, FactKind.CAPTURED),
            Map.entry(Fact.Refund.class, FactKind.REFUND),
            Map.entry(Fact.RefundLines.class, FactKind.REFUND_LINES),
            Map.entry(Fact.RefundTotal.class, FactKind.REFUND_TOTAL),
            Map.entry(Fact.Dispute.class, FactKind.DISPUTE),
            Map.entry(Fact.DisputeFunds.class, FactKind.DISPUTE_FUNDS),
            Map.entry(Fact.Attempt.class, FactKind.ATTEMPT),
            Map.entry(Fact.FraudFlag.class, FactKind.FRAUD_FLAG),
            Map.entry(Fact.Invoice.class, FactKind.INVOICE),
            Map.entry(Fact.Subscription.class, FactKind.SUBSCRIPTION),
            Map.entry(Fact.Link.class, FactKind.LINK),
            Map.entry(Fact.Reference.class, FactKind.REFERENCE),
            Map.entry(Fact.Sku.class, FactKind.SKU));

    /** The key of a fact. */
    public static FactKey of(Fact fact) {
        var kind = KINDS.get(fact.getClass());
        if (kind == null) {
            throw new IllegalArgumentException("%s: has no kind (expected: one in FactKey.KINDS)"
                    .formatted(fact.getClass().getSimpleName()));
        }
        return new FactKey(kind, fact.id());
    }

    @Override
    public int compareTo(FactKey other) {
        return ORDER.compare(this, other);
    }
}
