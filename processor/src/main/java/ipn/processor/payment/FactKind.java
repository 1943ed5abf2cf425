package ipn.processor.payment;

import ipn.fact.Fact;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Name of each kind of fact as it is stored; the names are a storage format. */
public enum FactKind {
    AUTHORISED(Fact.Authorized.class),
    CAPTURED(Fact.Captured.class),
    REFUND(Fact.Refund.class),
    REFUND_TOTAL(Fact.RefundTotal.class),
    DISPUTE(Fact.Dispute.class),
    DISPUTE_FUNDS(Fact.DisputeFunds.class),
    ATTEMPT(Fact.Attempt.class),
    FRAUD_FLAG(Fact.FraudFlag.class),
    BILL(Fact.Bill.class),
    SUBSCRIPTION(Fact.Subscription.class),
    LINK(Fact.Link.class),
    REFERENCE(Fact.Reference.class),
    SKU(Fact.Sku.class);

    private static final Map<Class<? extends Fact>, FactKind> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(kind -> kind.type, kind -> kind));

    private final Class<? extends Fact> type;

    FactKind(Class<? extends Fact> type) {
        this.type = type;
    }

    static FactKind of(Fact fact) {
        var kind = BY_TYPE.get(fact.getClass());
        if (kind == null) {
            throw new IllegalArgumentException("%s: no kind (expected: one in FactKind)"
                    .formatted(fact.getClass().getSimpleName()));
        }
        return kind;
    }
}
