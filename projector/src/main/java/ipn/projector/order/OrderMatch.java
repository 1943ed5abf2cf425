package ipn.projector.order;

import ipn.avro.Order;
import ipn.projector.allocation.Charge;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.Mismatch;
import ipn.projector.catalogue.Tolerance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An order against the money that names it, whatever came first:
 *
 * <ol>
 *   <li>Of each subscription, what begins first is the order's money; what begins later renews it, and is not the order's affair.
 *   <li>Money in another currency does not count.
 *   <li>If one piece alone is enough, the earliest of those that match exactly pays the order, else the earliest that is too
 *       much; every other piece is a duplicate, unless it went back.
 *   <li>If none is enough, they are parts, and their sum counts.
 * </ol>
 *
 * @param problems of each piece by name; none: it matches
 * @param renewals names of the pieces that renew
 * @param pays whether money that is here is what was expected
 */
record OrderMatch(Map<String, Mismatch> problems, Set<String> renewals, boolean pays) {

    static OrderMatch of(Order order, Collection<Charge> all, Tolerance tolerance) {
        var renewals = renewals(order, all);
        var problems = new HashMap<String, Mismatch>();
        var counting = new ArrayList<Charge>();
        all.stream()
                .filter(taken -> !renewals.contains(taken.name()))
                .sorted(Charge.EARLIEST_FIRST)
                .forEach(taken -> {
                    if (taken.currency().equals(order.getCurrency())) {
                        counting.add(taken);
                    } else {
                        problems.put(taken.name(), otherCurrency(order, taken));
                    }
                });
        new Sums(order, tolerance, problems).judge(counting);
        var duplicated = duplicated(all, problems);
        all.stream()
                .filter(taken -> renewals.contains(taken.name()))
                .filter(taken ->
                        taken.subscription().filter(duplicated::contains).isPresent() && !taken.gone())
                .forEach(taken -> problems.put(taken.name(), duplicate(order, taken)));
        var pays = counting.stream().anyMatch(taken -> !taken.gone() && !problems.containsKey(taken.name()));
        return new OrderMatch(Map.copyOf(problems), Set.copyOf(renewals), pays);
    }

    Optional<Mismatch> problem(Charge taken) {
        return Optional.ofNullable(problems.get(taken.name()));
    }

    boolean renews(Charge taken) {
        return renewals.contains(taken.name());
    }

    private static Set<String> renewals(Order order, Collection<Charge> all) {
        var first = new TreeMap<String, Charge>();
        var renewals = new HashSet<String>();
        all.stream()
                .sorted(Charge.EARLIEST_FIRST)
                .forEach(taken -> taken.subscription()
                        .filter(subscription ->
                                order.getAmount() == 0 || first.putIfAbsent(subscription, taken) != null)
                        .ifPresent(subscription -> renewals.add(taken.name())));
        return renewals;
    }

    /** Subscriptions that were begun twice for one order. */
    private static Set<String> duplicated(Collection<Charge> all, Map<String, Mismatch> problems) {
        var subscriptions = new HashSet<String>();
        all.stream()
                .filter(taken -> Optional.ofNullable(problems.get(taken.name()))
                        .filter(problem -> problem.kind().equals(Mismatch.DUPLICATE_PAYMENT))
                        .isPresent())
                .forEach(taken -> taken.subscription().ifPresent(subscriptions::add));
        return subscriptions;
    }

    private static Mismatch otherCurrency(Order order, Charge taken) {
        return new Mismatch(Mismatch.CURRENCY_MISMATCH, taken.name(), order.getCurrency(), taken.currency());
    }

    static Mismatch duplicate(Order order, Charge taken) {
        return new Mismatch(
                Mismatch.DUPLICATE_PAYMENT,
                taken.name(),
                "one payment of " + Amounts.shown(order.getAmount(), order.getCurrency()),
                Amounts.shown(taken.paid(), taken.currency()) + " once more");
    }

    /** Rules 3 and 4, for money in the order's currency. */
    private record Sums(Order order, Tolerance tolerance, Map<String, Mismatch> problems) {

        /** @param counting earliest first */
        void judge(List<Charge> counting) {
            var gone = counting.stream().filter(Charge::gone).toList();
            var here = counting.stream().filter(taken -> !taken.gone()).toList();
            // a part that went back was a part of what was paid
            gone.forEach(taken -> add(taken, compare(taken.paid()) < 0 ? sum(counting) : taken.paid()));
            var pays = here.stream()
                    .filter(taken -> compare(taken.paid()) == 0)
                    .findFirst()
                    .or(() -> here.stream()
                            .filter(taken -> compare(taken.paid()) > 0)
                            .findFirst());
            if (pays.isPresent()) {
                alone(pays.get());
                here.stream()
                        .filter(taken -> !taken.equals(pays.get()))
                        .forEach(taken -> problems.put(taken.name(), duplicate(order, taken)));
            } else {
                here.forEach(taken -> add(taken, sum(here)));
            }
        }

        private static long sum(List<Charge> all) {
            return all.stream().mapToLong(Charge::paid).reduce(0, Math::addExact);
        }

        private void alone(Charge taken) {
            add(taken, taken.paid());
        }

        private void add(Charge taken, long paid) {
            var compared = compare(paid);
            if (compared != 0) {
                problems.put(
                        taken.name(),
                        new Mismatch(
                                compared < 0 ? Mismatch.UNDERPAID : Mismatch.OVERPAID,
                                "order/" + order.getOrderId(),
                                Amounts.shown(order.getAmount(), order.getCurrency()),
                                Amounts.shown(paid, order.getCurrency())));
            }
        }

        private int compare(long paid) {
            return tolerance.compare(paid, order.getAmount());
        }
    }
}
