package ipn.operations.deadletter;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Selects dead letters. A criterion that is empty selects all.
 *
 * @param ids only these
 * @param reason only this reason code
 * @param account only this gateway ({@code stripe}) or account ({@code stripe/main})
 * @param since only those that failed at this time or later
 * @param status only those with this status
 * @param further further criteria
 */
public record DeadLetterFilter(
        Set<String> ids,
        Optional<String> reason,
        Optional<String> account,
        Optional<Instant> since,
        Optional<DeadLetter.Status> status,
        DeadLetterCriteria further) {

    /** Selects all dead letters. */
    public static final DeadLetterFilter ALL = new DeadLetterFilter(
            Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), DeadLetterCriteria.NONE);

    /** Selects open dead letters. */
    public static final DeadLetterFilter OPEN = ALL.withStatus(DeadLetter.Status.OPEN);

    private static final int DESCRIPTION_MAX = 500;

    public DeadLetterFilter {
        ids = Set.copyOf(ids);
    }

    public DeadLetterFilter withIds(Set<String> only) {
        return new DeadLetterFilter(only, reason, account, since, status, further);
    }

    public DeadLetterFilter withReason(String only) {
        return new DeadLetterFilter(ids, Optional.of(only), account, since, status, further);
    }

    public DeadLetterFilter withAccount(String only) {
        return new DeadLetterFilter(ids, reason, Optional.of(only), since, status, further);
    }

    public DeadLetterFilter withSince(Instant earliest) {
        return new DeadLetterFilter(ids, reason, account, Optional.of(earliest), status, further);
    }

    public DeadLetterFilter withStatus(DeadLetter.Status only) {
        return new DeadLetterFilter(ids, reason, account, since, Optional.of(only), further);
    }

    public DeadLetterFilter with(DeadLetterCriteria only) {
        return new DeadLetterFilter(ids, reason, account, since, status, only);
    }

    boolean matches(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        return (ids.isEmpty() || ids.contains(letter.id()))
                && reason.map(letter.reason()::equals).orElse(true)
                && account.map(only -> isWithin(letter.account(), only)).orElse(true)
                && since.map(earliest -> !letter.newestFailure().isBefore(earliest))
                        .orElse(true)
                && status.map(only -> letter.status() == only).orElse(true)
                && further.matches(letter, record);
    }

    /** The criteria by name, for an index; empty if bodies must be read to know. */
    Optional<Map<String, String>> terms() {
        return ids.isEmpty()
                ? further.terms().map(found -> {
                    var terms = new HashMap<>(found);
                    reason.ifPresent(only -> terms.put("reason", only));
                    account.ifPresent(only -> terms.put("account", only));
                    since.ifPresent(earliest -> terms.put("from", earliest.toString()));
                    status.ifPresent(only -> terms.put("status", only.name()));
                    return terms;
                })
                : Optional.empty();
    }

    /** For people, in at most 500 characters; those that were decided are left out. */
    String description() {
        var own = Stream.of(
                        ids.isEmpty()
                                ? Optional.<String>empty()
                                : Optional.of("ids " + String.join(", ", new TreeSet<>(ids))),
                        reason.map(only -> "reason " + only),
                        account.map(only -> "account " + only),
                        since.map(earliest -> "failed since " + earliest))
                .flatMap(Optional::stream);
        var criteria = Stream.concat(own, further.descriptions()).collect(Collectors.joining("; "));
        var text = criteria.isEmpty() ? "all open dead letters" : "open dead letters: " + criteria;
        return text.length() <= DESCRIPTION_MAX ? text : text.substring(0, DESCRIPTION_MAX - 3) + "...";
    }

    private static boolean isWithin(String account, String gatewayOrAccount) {
        return account.equals(gatewayOrAccount) || account.startsWith(gatewayOrAccount + "/");
    }
}
