package ipn.operations.deadletter;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters are meant; a part that is empty leaves nothing out.
 *
 * @param ids only these
 * @param reason only this reason code
 * @param account only this gateway ({@code stripe}) or account ({@code stripe/main})
 * @param since only what failed then or later
 * @param status only what is in this state
 */
public record DeadLetterFilter(
        Set<String> ids,
        Optional<String> reason,
        Optional<String> account,
        Optional<Instant> since,
        Optional<DeadLetter.Status> status) {

    /** Whatever is there, decided or not. */
    public static final DeadLetterFilter ALL =
            new DeadLetterFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whatever still waits for somebody. */
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
