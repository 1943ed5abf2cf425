package ipn.processor.payment;

import ipn.fact.FactLengths;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules: a translated item and the state before it make a decision. */
public final class PaymentRules {
    /** Facts of one group that a payment keeps. */
    public static final int FACTS_MAX = FactGroup.FACTS_MAX;

    /** An event's type, which is a part of its fingerprint. */
    private static final int TYPE_MAX = 200;

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
        var tooLong = tooLong(item, notification);
        if (tooLong.isPresent()) {
            return new Decision.Unprocessable(item, Reason.INVALID_ID, tooLong.get());
        }
        var seen = before.fingerprintOf(item.eventKey());
        if (seen.isPresent() && !seen.get().equals(notification.fingerprint())) {
            return new Decision.Unprocessable(
                    item,
                    Reason.EVENT_ID_COLLISION,
                    "event key: seen before with another type, amount or currency (expected: the same); the first event stands");
        }
        var given = Payment.from(item.eventKey(), notification);
        var after = before.join(given);
        if (!after.facts().equals(before.facts())) {
            return changed(item, notification, before, given);
        }
        return seen.isPresent()
                ? new Decision.Duplicate(item, notification.occurredAt())
                : new Decision.Unchanged(item, after, notification.occurredAt());
    }

    /** Where not all facts fit, those are left out that prove least: first what proves no money, then all but reversals. */
    private static Decision changed(Item item, Notification notification, Payment before, Payment given) {
        var violation = FactGroup.violation(before.join(given));
        if (violation.isEmpty()) {
            return new Decision.Applied(item, before.join(given), notification.occurredAt(), 0);
        }
        Predicate<FactKey> isDescription = FactGroup.DESCRIPTIONS::contains;
        return Stream.of(isDescription.negate(), (Predicate<FactKey>) FactGroup.REVERSALS::contains)
                .map(given::only)
                .filter(part -> !before.join(part).facts().equals(before.facts()))
                .filter(part -> FactGroup.violation(before.join(part)).isEmpty())
                .findFirst()
                .<Decision>map(part -> new Decision.Applied(
                        item,
                        before.join(part),
                        notification.occurredAt(),
                        given.facts().size() - part.facts().size()))
                .orElseGet(() -> new Decision.Unprocessable(item, Reason.TOO_MANY_FACTS, violation.get()));
    }

    private static Optional<String> tooLong(Item item, Notification notification) {
        if (item.eventKey().length() > FactLengths.KEY_MAX
                || notification.type().length() > TYPE_MAX) {
            return Optional.of("event key or type: more than %d or %d characters (expected: at most that)"
                    .formatted(FactLengths.KEY_MAX, TYPE_MAX));
        }
        return notification.facts().stream()
                .flatMap(fact -> FactLengths.violation(fact).stream())
                .findFirst();
    }
}
