package ipn.operations.find;

import ipn.operations.decision.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that was found.
 *
 * @param id payment key, order id, id of a dead letter or of a decision; of a notification the payment key
 * @param about of a dead letter its payment key; of a decision the payment key, order id or user that it is about; else empty
 * @param user whose it is, as far as it is known
 * @param money what was captured, or what an order expects
 * @param status status of the payment or the dead letter, product of an order, kind of a decision and whether it counts
 * @param at when money was taken, the order was written, the failure happened, the decision was made
 * @param matched by what it was found
 * @param discrepancies ids of the discrepancies of a payment or an order that are open
 */
public record Hit(
        Kind kind,
        String id,
        String about,
        Optional<String> user,
        List<Money> money,
        String status,
        @Nullable Instant at,
        String matched,
        List<String> discrepancies) {
    public Hit {
        money = List.copyOf(money);
        discrepancies = List.copyOf(discrepancies);
    }

    /** What was found. */
    public enum Kind {
        PAYMENT,
        ORDER,
        /** A raw record whose payment key has no state. */
        NOTIFICATION,
        DEAD_LETTER,
        DECISION
    }

    Hit ofUser(Optional<String> found) {
        return user.isPresent() ? this : new Hit(kind, id, about, found, money, status, at, matched, discrepancies);
    }

    Hit withDiscrepancies(List<String> open) {
        return new Hit(kind, id, about, user, money, status, at, matched, open);
    }

    /** The time; the epoch if unknown. */
    Instant time() {
        return at == null ? Instant.EPOCH : at;
    }
}
