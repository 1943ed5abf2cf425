package ipn.processor.payment;

import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.topics.Reason;

/** The rules: a translated item and the state before it make a decision. */
public final class Judgement {
    /** More facts than any real payment has; a sender that goes on is a fault or an attack. */
    static final int FACTS_MAX = 1_000;

    private Judgement() {}

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
        var told = before.storyOf(item.eventKey());
        if (told.isPresent() && !told.get().equals(notification.fingerprint())) {
            return new Decision.Unprocessable(
                    item,
                    Reason.EVENT_ID_COLLISION,
                    "the event key was heard before with another type, amount or currency; the first one stands");
        }
        var after = before.join(Payment.of(item.eventKey(), notification));
        if (!after.facts().equals(before.facts())) {
            return after.facts().size() <= FACTS_MAX
                    ? new Decision.Applied(item, after, notification.occurredAt())
                    : new Decision.Unprocessable(
                            item, Reason.TOO_MANY_FACTS, "more than " + FACTS_MAX + " facts of one payment");
        }
        return told.isPresent()
                ? new Decision.Duplicate(item, notification.occurredAt())
                : new Decision.Unchanged(item, after, notification.occurredAt());
    }
}
