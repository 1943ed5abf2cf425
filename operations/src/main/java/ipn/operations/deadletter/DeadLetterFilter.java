package ipn.operations.deadletter;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Selects dead letters. A criterion that is empty selects all.
 *
 * @param ids only these
 * @param reason only this reason code
 * @param account only this gateway ({@code stripe}) or account ({@code stripe/main})
 * @param since only those that failed at this time or later
 * @param status only those with this status
 */
public record DeadLetterFilter(
        Set<String> ids,
        Optional<String> reason,
        Optional<String> account,
        Optional<Instant> since,
        Optional<DeadLetter.Status> status) {

    /** Selects all dead letters. */
    public static final DeadLetterFilter ALL =
            new DeadLetterFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Selects open dead letters. */
    public static final DeadLetterFilter OPEN = ALL.withStatus(DeadLetter.Status.OPEN);

    public DeadLetterFilter {
        ids = Set.copyOf(ids);
    }

    public DeadLetterFilter withIds(Set<String> only) {
        return new DeadLetterFilter(only, reason, account, since, status);
    }

    public DeadLetterFilter withReason(String only) {
        return new DeadLetterFilter(ids, Optional.of(only), account, since, status);
    }

    public DeadLetterFilter withAccount(String only) {
        return new DeadLetterFilter(ids, reason, Optional.of(only), since, status);
    }

    public DeadLetterFilter withSince(Instant earliest) {
        return new DeadLetterFilter(ids, reason, account, Optional.of(earliest), status);
    }

    public DeadLetterFilter withStatus(DeadLetter.Status only) {
        return new DeadLetterFilter(ids, reason, account, since, Optional.of(only));
    }

    boolean matches(DeadLetter letter) {
        return (ids.isEmpty() || ids.contains(letter.id()))
                && reason.map(letter.reason()::equals).orElse(true)
                && account.map(only -> isWithin(letter.account(), only)).orElse(true)
                && since.map(earliest -> !letter.newestFailure().isBefore(earliest))
                        .orElse(true)
                && status.map(only -> letter.status() == only).orElse(true);
    }

    private static boolean isWithin(String account, String gatewayOrAccount) {
        return account.equals(gatewayOrAccount) || account.startsWith(gatewayOrAccount + "/");
    }
}
