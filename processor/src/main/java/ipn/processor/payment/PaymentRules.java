package ipn.processor.payment;

import ipn.avro.FactKind;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.util.EnumSet;
import java.util.Set;

/** The rules: a translated item and the state before it make a decision. */
public final class PaymentRules {
    /**
     * More facts than any real payment has: above it, the sender has a fault or attacks. Money that goes back is counted apart, so that no
     * number of other facts keeps a refund or a dispute out.
     */
    static final int FACTS_MAX = 1_000;

    private static final Set<FactKind> MONEY_BACK =
            EnumSet.of(FactKind.REFUND, FactKind.REFUND_TOTAL, FactKind.DISPUTE, FactKind.DISPUTE_FUNDS);

    private PaymentRules() {}

    public static Decision decide(Item item, Translation translation, Payment before) {
        if (translation instanceof Translation.Understood understood) {
            return decide(item, understood.notification(), before);
        }
        if (translation instanceof Translation.Refused refused) {
            return new Decision.Unprocessable(item, refused.reason(), refused.detail());
        }
        return new Decision.Ignored(item);
    }

    private static Decision decide(Item item, Notification notification, Payment before) {
        var seen = before.fingerprintOf(item.eventKey());
        if (seen.isPresent() && !seen.get().equals(notification.fingerprint())) {
            return new Decision.Unprocessable(
                    item,
                    Reason.EVENT_ID_COLLISION,
                    "event key: seen before with another type, amount or currency (expected: the same); the first event stands");
        }
        var after = before.join(Payment.from(item.eventKey(), notification));
        if (!after.facts().equals(before.facts())) {
            return isWithinLimits(after)
                    ? new Decision.Applied(item, after, notification.occurredAt())
                    : new Decision.Unprocessable(
                            item,
                            Reason.TOO_MANY_FACTS,
                            "facts: more than " + FACTS_MAX + " of one payment (expected: at most that many)");
        }
        return seen.isPresent()
                ? new Decision.Duplicate(item, notification.occurredAt())
                : new Decision.Unchanged(item, after, notification.occurredAt());
    }

    private static boolean isWithinLimits(Payment payment) {
        var back = payment.facts().keySet().stream()
                .filter(key -> MONEY_BACK.contains(key.kind()))
                .count();
        return back <= FACTS_MAX && payment.facts().size() - back <= FACTS_MAX;
    }
}
