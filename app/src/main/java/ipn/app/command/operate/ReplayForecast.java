package ipn.app.command.operate;

import ipn.app.output.Amount;
import ipn.app.output.Table;
import ipn.avro.Claim;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.operations.deadletter.DeadLetter;
import ipn.processor.ReplayPreview.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a replay would change: the sum, and some of the dead letters.
 *
 * @param verified whether signatures and seals were verified for that
 * @param outcomes how many dead letters would have which outcome; of those that would fail again, by reason
 * @param payments how many payments would change, by status before and after
 * @param money captured minus refunded and lost: how much more than now, in minor units, by currency
 * @param gained how many users would gain which entitlement, with the status of their claim
 * @param lost the same for those who would lose it
 * @param letters some of the dead letters
 */
record ReplayForecast(
        boolean verified,
        SortedMap<String, Long> outcomes,
        SortedMap<String, Long> payments,
        SortedMap<String, Long> money,
        SortedMap<String, Long> gained,
        SortedMap<String, Long> lost,
        List<Letter> letters) {
    private static final int LETTERS_MAX = 100;

    /**
     * One dead letter.
     *
     * @param before status of its payment; null: nothing is known
     * @param after its status then
     */
    record Letter(
            String id,
            String outcome,
            @Nullable String detail,
            String payment,
            @Nullable String before,
            @Nullable String after) {}

    /** Adds up dead letters, in the order in which they would be replayed. */
    static final class Sum {
        private final SortedMap<String, Long> outcomes = new TreeMap<>();
        private final List<Letter> letters = new ArrayList<>();

        void add(DeadLetter letter, @Nullable PaymentState before, Expected expected) {
            var outcome = expected.kind()
                    + expected.reason().map(reason -> " " + reason).orElse("");
            outcomes.merge(outcome, 1L, Long::sum);
            if (letters.size() < LETTERS_MAX) {
                letters.add(new Letter(
                        letter.id(),
                        outcome,
                        expected.detail().orElse(null),
                        letter.paymentKey(),
                        status(before),
                        expected.after().map(ReplayForecast::status).orElse(status(before))));
            }
        }

        /** @param changes of each payment whose state would change */
        ReplayForecast forecast(boolean verified, List<Change> changes) {
            var payments = new TreeMap<String, Long>();
            var money = new TreeMap<String, Long>();
            var gained = new TreeMap<String, Long>();
            var lost = new TreeMap<String, Long>();
            for (var change : changes) {
                payments.merge(
                        Optional.ofNullable(status(change.before())).orElse("unknown") + " to "
                                + status(change.after()),
                        1L,
                        Long::sum);
                net(change.after()).forEach((currency, net) -> money.merge(currency, net, Long::sum));
                net(change.before()).forEach((currency, net) -> money.merge(currency, -net, Long::sum));
                difference(change.claims(), change.claimsBefore()).forEach(one -> gained.merge(one, 1L, Long::sum));
                difference(change.claimsBefore(), change.claims()).forEach(one -> lost.merge(one, 1L, Long::sum));
            }
            money.values().removeIf(net -> net == 0);
            return new ReplayForecast(verified, outcomes, payments, money, gained, lost, letters);
        }

        /** Entitlement and status of the claims that are in one list only. */
        private static List<String> difference(List<Claim> some, List<Claim> others) {
            var same = new TreeSet<>(others.stream().map(Sum::access).toList());
            return some.stream()
                    .filter(claim -> !same.contains(access(claim)))
                    .map(claim -> claim.getEntitlement() + " (" + claim.getStatus() + ")")
                    .toList();
        }

        private static String access(Claim claim) {
            return String.join(
                    "\n",
                    claim.getSubject(),
                    claim.getEntitlement(),
                    String.valueOf(claim.getScope()),
                    claim.getStatus().name(),
                    String.valueOf(claim.getUntil()));
        }
    }

    /** What would change of one payment; before: null if nothing is known. */
    record Change(@Nullable PaymentState before, PaymentState after, List<Claim> claimsBefore, List<Claim> claims) {}

    private static @Nullable String status(@Nullable PaymentState state) {
        return state == null ? null : state.getStatus().name();
    }

    private static Map<String, Long> net(@Nullable PaymentState state) {
        return state == null
                ? Map.of()
                : state.getTotals().stream()
                        .collect(Collectors.toMap(
                                Totals::getCurrency,
                                sums -> sums.getCaptured() - sums.getRefunded() - sums.getLost(),
                                Long::sum));
    }

    /** The dead letters, for people. */
    Table table() {
        var table = new Table("id", "would become", "payment", "before", "after", "why");
        letters.forEach(letter -> table.row(
                letter.id(),
                letter.outcome(),
                letter.payment(),
                Objects.toString(letter.before(), ""),
                Objects.toString(letter.after(), ""),
                Objects.toString(letter.detail(), "")));
        return table;
    }

    /** The sums, for people. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("would become   " + counts(outcomes));
        lines.add("payments       " + (payments.isEmpty() ? "no change" : counts(payments)));
        lines.add("money          "
                + (money.isEmpty()
                        ? "no change"
                        : money.entrySet().stream()
                                .map(sum -> Amount.shown(sum.getValue(), sum.getKey()))
                                .collect(Collectors.joining(", "))));
        lines.add("access gained  " + (gained.isEmpty() ? "none" : counts(gained)));
        lines.add("access lost    " + (lost.isEmpty() ? "none" : counts(lost)));
        if (!verified) {
            lines.add("signatures and seals were not verified: these settings lack a secret");
        }
        return lines;
    }

    private static String counts(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
    }
}
