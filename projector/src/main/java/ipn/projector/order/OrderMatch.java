package ipn.projector.order;

import ipn.avro.DiscrepancyKind;
import ipn.avro.Order;
import ipn.key.ChargeKey;
import ipn.key.PaymentKey;
import ipn.projector.allocation.Charge;
import ipn.projector.allocation.Mismatch;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * An order compared with the charges that name it, whatever the order of arrival:
 *
 * <ol>
 *   <li>Of each subscription, the charge that begins first pays the order; later ones are renewals, which the order does not measure.
 *   <li>A charge in another currency does not count. A charge that was taken after the order had closed counts only if it is accepted.
 *   <li>If one charge alone is enough, the earliest of those that match exactly pays the order, else the earliest that is too
 *       much; every other charge is a duplicate, unless it was reversed.
 *   <li>If none is enough, they are parts, and their sum counts.
 * </ol>
 *
 * @param mismatches of each charge; a charge without one matches
 * @param renewals charges that renew
 * @param late charges, other than renewals, that were taken after the order had closed
 * @param isPaid whether a charge that is not reversed is what was expected
 */
record OrderMatch(
        Map<ChargeKey, Mismatch> mismatches, Set<ChargeKey> renewals, Map<ChargeKey, Mismatch> late, boolean isPaid) {
    /** The pay-by time is by the clock of the checkout, and the time of a payment by that of its gateway: so far they may differ. */
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** @param acceptsLate whether a charge that was taken after the order had closed pays it */
    static OrderMatch match(Order order, Collection<Charge> all, Tolerance tolerance, Predicate<Mismatch> acceptsLate) {
        var renewals = renewals(order, all);
        var mismatches = new HashMap<ChargeKey, Mismatch>();
        var late = new HashMap<ChargeKey, Mismatch>();
        all.stream()
                .filter(charge -> !renewals.contains(charge.key()) && isClosed(order, charge.takenAt()))
                .forEach(charge -> late.put(
                        charge.key(),
                        late(order, charge.key(), charge.takenAt()).ofMoney(charge.paid(), charge.currency())));
        var counting = new ArrayList<Charge>();
        all.stream()
                .filter(charge -> !renewals.contains(charge.key()))
                .filter(charge -> Optional.ofNullable(late.get(charge.key()))
                        .filter(acceptsLate.negate())
                        .isEmpty())
                .sorted(Charge.EARLIEST_FIRST)
                .forEach(charge -> {
                    if (charge.currency().equals(order.getCurrency())) {
                        counting.add(charge);
                    } else {
                        mismatches.put(charge.key(), otherCurrency(order, charge));
                    }
                });
        new Sums(order, tolerance, mismatches).compareAll(counting);
        var duplicated = duplicatedSubscriptions(all, mismatches);
        all.stream()
                .filter(charge -> renewals.contains(charge.key()) && !charge.isReversed())
                .filter(charge ->
                        charge.subscription().filter(duplicated::contains).isPresent())
                .forEach(charge -> mismatches.put(charge.key(), duplicate(order, charge)));
        var isPaid =
                counting.stream().anyMatch(charge -> !charge.isReversed() && !mismatches.containsKey(charge.key()));
        return new OrderMatch(Map.copyOf(mismatches), Set.copyOf(renewals), Map.copyOf(late), isPaid);
    }

    /** Whether an order had closed at a time by a gateway's clock. */
    static boolean isClosed(Order order, Instant at) {
        var payBy = order.getPayBy();
        return payBy != null && at.isAfter(payBy.plus(CLOCKS_DIFFER));
    }

    static Mismatch late(Order order, ChargeKey key, Instant at) {
        return Mismatch.ofCharge(DiscrepancyKind.LATE, key, "by " + order.getPayBy(), at.toString());
    }

    Optional<Mismatch> mismatch(Charge charge) {
        return Optional.ofNullable(mismatches.get(charge.key()));
    }

    boolean isRenewal(Charge charge) {
        return renewals.contains(charge.key());
    }

    private static Set<ChargeKey> renewals(Order order, Collection<Charge> all) {
        var first = new TreeMap<PaymentKey, Charge>();
        var renewals = new HashSet<ChargeKey>();
        all.stream()
                .sorted(Charge.EARLIEST_FIRST)
                .forEach(charge -> charge.subscription()
                        .filter(subscription ->
                                order.getAmount() == 0 || first.putIfAbsent(subscription, charge) != null)
                        .ifPresent(subscription -> renewals.add(charge.key())));
        return renewals;
    }

    /** Subscriptions that were begun twice for one order. */
    private static Set<PaymentKey> duplicatedSubscriptions(
            Collection<Charge> all, Map<ChargeKey, Mismatch> mismatches) {
        var subscriptions = new HashSet<PaymentKey>();
        all.stream()
                .filter(charge -> Optional.ofNullable(mismatches.get(charge.key()))
                        .filter(mismatch -> mismatch.kind() == DiscrepancyKind.DUPLICATE_PAYMENT)
                        .isPresent())
                .forEach(charge -> charge.subscription().ifPresent(subscriptions::add));
        return subscriptions;
    }

    private static Mismatch otherCurrency(Order order, Charge charge) {
        return Mismatch.ofCharge(
                        DiscrepancyKind.CURRENCY_MISMATCH, charge.key(), order.getCurrency(), charge.currency())
                .ofMoney(charge.paid(), charge.currency());
    }

    private static Mismatch duplicate(Order order, Charge charge) {
        return Mismatch.ofCharge(
                DiscrepancyKind.DUPLICATE_PAYMENT,
                charge.key(),
                "one payment of " + Amounts.format(order.getAmount(), order.getCurrency()),
                Amounts.format(charge.paid(), charge.currency()) + " once more");
    }

    /** Rules 3 and 4, for charges in the order's currency. */
    private record Sums(Order order, Tolerance tolerance, Map<ChargeKey, Mismatch> mismatches) {

        /** @param counting earliest first */
        void compareAll(List<Charge> counting) {
            var reversed = counting.stream().filter(Charge::isReversed).toList();
            var present =
                    counting.stream().filter(charge -> !charge.isReversed()).toList();
            // a reversed part is compared as a part of all that was paid
            reversed.forEach(charge -> compare(charge, compared(charge.paid()) < 0 ? sum(counting) : charge.paid()));
            var paying = present.stream()
                    .filter(charge -> compared(charge.paid()) == 0)
                    .findFirst()
                    .or(() -> present.stream()
                            .filter(charge -> compared(charge.paid()) > 0)
                            .findFirst());
            if (paying.isPresent()) {
                compare(paying.get(), paying.get().paid());
                present.stream()
                        .filter(charge -> !charge.equals(paying.get()))
                        .forEach(charge -> mismatches.put(charge.key(), duplicate(order, charge)));
            } else {
                present.forEach(charge -> compare(charge, sum(present)));
            }
        }

        private static long sum(List<Charge> all) {
            return all.stream().mapToLong(Charge::paid).reduce(0, Math::addExact);
        }

        private void compare(Charge charge, long paid) {
            var compared = compared(paid);
            if (compared != 0) {
                mismatches.put(
                        charge.key(),
                        Mismatch.ofOrder(
                                compared < 0 ? DiscrepancyKind.UNDERPAID : DiscrepancyKind.OVERPAID,
                                Amounts.format(order.getAmount(), order.getCurrency()),
                                Amounts.format(paid, order.getCurrency())));
            }
        }

        private int compared(long paid) {
            return tolerance.compare(paid, order.getAmount());
        }
    }
}
