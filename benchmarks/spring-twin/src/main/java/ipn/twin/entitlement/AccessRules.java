package ipn.twin.entitlement;

import ipn.twin.TwinSettings.Product;
import ipn.twin.entitlement.Access.Status;
import ipn.twin.gateway.PaymentFacts.Dispute;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Derives access from payments.
 *
 * @param products by the name that payments contain
 */
record AccessRules(Map<String, Product> products) {
    private static final Comparator<Access> BY_GRANT = Comparator.comparing(Access::status)
            .thenComparing(access -> access.until().orElse(Instant.MIN));

    /** The access that all payments of one entitlement give together. */
    Access access(Collection<Payment> payments) {
        return payments.stream().map(this::access).max(BY_GRANT).orElse(Access.NONE);
    }

    private Access access(Payment payment) {
        var status = status(payment);
        return status == Status.ACTIVE ? new Access(status, payment.paidUntil()) : new Access(status, Optional.empty());
    }

    private Status status(Payment payment) {
        var product = products.get(payment.product());
        var price = product == null ? null : product.prices().get(payment.currency());
        if (price == null || payment.captured() < price) {
            return Status.NONE;
        }
        if (payment.refunded() >= payment.captured() || payment.dispute() == Dispute.LOST) {
            return Status.ENDED;
        }
        return payment.dispute() == Dispute.OPEN || payment.fraudWarning() ? Status.SUSPENDED : Status.ACTIVE;
    }
}
