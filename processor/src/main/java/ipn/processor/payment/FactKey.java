package ipn.processor.payment;

import ipn.fact.Fact;
import java.util.Comparator;

/** Which fact of a payment: its kind and its identity within the kind. Sorted, so that a state has one written form. */
public record FactKey(FactKind kind, String id) implements Comparable<FactKey> {
    private static final Comparator<FactKey> ORDER =
            Comparator.comparing(FactKey::kind).thenComparing(FactKey::id);

    public static FactKey of(Fact fact) {
        return new FactKey(FactKind.of(fact), fact.id());
    }

    @Override
    public int compareTo(FactKey other) {
        return ORDER.compare(this, other);
    }
}
