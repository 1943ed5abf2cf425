package ipn.processor.payment;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Money;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Amounts of one payment in one currency, in minor units, derived from its facts. */
public record Totals(long authorized, long captured, long refunded, long disputed, long lost, long fees) {
    static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0);

    /** One entry per currency met, sorted by code. */
    public static SortedMap<String, Totals> of(Payment payment) {
        var sums = new TreeMap<String, Totals>();
        payment.facts().values().stream()
                .flatMap(Totals::part)
                .forEach(part -> sums.merge(part.currency, part.amounts, Totals::plus));
        DisputeEffect.of(payment)
                .forEach(effect -> effect.amounts()
                        .forEach((currency, amount) ->
                                sums.merge(currency, disputed(effect.status(), amount), Totals::plus)));
        refunds(payment)
                .forEach((currency, refunded) ->
                        sums.merge(currency, new Totals(0, 0, refunded, 0, 0, 0), Totals::plus));
        return sums;
    }

    private record Part(String currency, Totals amounts) {}

    private static Stream<Part> part(VersionedFact known) {
        var fact = known.fact();
        if (fact instanceof Fact.Authorized authorised) {
            return part(authorised.amount(), new Totals(authorised.amount().minorUnits(), 0, 0, 0, 0, 0));
        }
        if (fact instanceof Fact.Captured captured) {
            var fee = captured.fee().stream()
                    .flatMap(money -> part(money, new Totals(0, 0, 0, 0, 0, money.minorUnits())));
            return Stream.concat(
                    part(captured.amount(), new Totals(0, captured.amount().minorUnits(), 0, 0, 0, 0)), fee);
        }
        return Stream.empty();
    }

    private static Stream<Part> part(Money money, Totals amounts) {
        return Stream.of(new Part(money.currency(), amounts));
    }

    private static Totals disputed(DisputeStatus status, long amount) {
        return switch (status) {
            case OPEN -> new Totals(0, 0, 0, amount, 0, 0);
            case LOST -> new Totals(0, 0, 0, 0, amount, 0);
            case INQUIRY, WON, CLOSED -> ZERO;
        };
    }

    /**
     * Refunded money, by currency. A gateway may report it twice: refund by refund, and as a running total. Each may include
     * refunds that the other does not, so the larger counts; a refund that failed after the total was reported is subtracted.
     */
    static SortedMap<String, Long> refunds(Payment payment) {
        var each = new TreeMap<String, Long>();
        var totals = new TreeMap<String, Long>();
        for (var known : payment.facts().values()) {
            if (known.fact() instanceof Fact.Refund refund && refund.status().counts()) {
                refund.amount().ifPresent(amount -> each.merge(amount.currency(), amount.minorUnits(), Math::addExact));
            } else if (known.fact() instanceof Fact.RefundTotal total) {
                var remaining = total.amount().minorUnits()
                        - failedAfter(payment, known, total.amount().currency());
                totals.merge(total.amount().currency(), Math.max(0, remaining), Math::addExact);
            }
        }
        RefundsInFull.addTo(each, payment);
        totals.forEach((currency, total) -> each.merge(currency, total, Math::max));
        return each;
    }

    private static long failedAfter(Payment payment, VersionedFact total, String currency) {
        return payment.facts().values().stream()
                .filter(known ->
                        known.version().occurredAt().isAfter(total.version().occurredAt()))
                .map(VersionedFact::fact)
                .filter(fact ->
                        fact instanceof Fact.Refund refund && !refund.status().counts())
                .flatMap(fact -> ((Fact.Refund) fact).amount().stream())
                .filter(amount -> amount.currency().equals(currency))
                .mapToLong(Money::minorUnits)
                .sum();
    }

    private Totals plus(Totals other) {
        return new Totals(
                Math.addExact(authorized, other.authorized),
                Math.addExact(captured, other.captured),
                Math.addExact(refunded, other.refunded),
                Math.addExact(disputed, other.disputed),
                Math.addExact(lost, other.lost),
                Math.addExact(fees, other.fees));
    }
}
