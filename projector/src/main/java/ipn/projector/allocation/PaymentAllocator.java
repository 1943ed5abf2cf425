package ipn.projector.allocation;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.LedgerEntry;
import ipn.avro.PaymentState;
import ipn.avro.PaymentAllocation;
import ipn.avro.Allocation;
import ipn.projector.ledger.LedgerRules;
import ipn.projector.ledger.RevenueRecognition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one payment key takes in news: it keeps the newest of each source, assesses itself anew, and tells only what changed.
 *
 * @param clock stamps discrepancies; decides nothing
 */
public record PaymentAllocator(PriceMatcher assessor, Clock clock) {
    /** More payments than any invoice is paid by; later ones are left out, and the price then does not match. */
    private static final int SETTLED_BY_MAX = 256;

    /** What one piece of news leads to. */
    public record Step(
            PaymentAllocation after,
            List<Allocation> settlements,
            List<Claim> claims,
            List<Discrepancy> discrepancies,
            List<LedgerEntry> ledger) {}

    /** The payment's own state changed. */
    public Step own(PaymentAllocation before, PaymentState own, Cause cause) {
        var after = PaymentAllocation.newBuilder(before).setOwn(own).build();
        var told = new ArrayList<Allocation>();
        AllocationTargets.of(after).payments().forEach(target -> told.add(worth(own, target, cause)));
        AllocationTargets.linked(own, "SETTLED_BY")
                .filter(payer -> !knew(before, payer))
                .forEach(payer -> told.add(link(own, payer, cause)));
        return assessed(before, after, told, cause);
    }

    /** Another payment spoke to this one. */
    public Step told(PaymentAllocation before, Allocation settlement) {
        return settlement.getLink() ? toldLink(before, settlement) : toldWorth(before, settlement);
    }

    private Step toldLink(PaymentAllocation before, Allocation settlement) {
        var settles = new TreeSet<>(before.getPays());
        var isNew = settles.add(settlement.getFrom());
        var after = PaymentAllocation.newBuilder(before)
                .setPays(List.copyOf(settles))
                .build();
        var own = after.getOwn();
        var told = own == null || !isNew
                ? List.<Allocation>of()
                : List.of(worth(own, settlement.getFrom(), settlement.getCause()));
        return assessed(before, after, told, settlement.getCause());
    }

    private Step toldWorth(PaymentAllocation before, Allocation settlement) {
        var settledBy = new HashMap<>(before.getPaidBy());
        if (settledBy.size() < SETTLED_BY_MAX || settledBy.containsKey(settlement.getFrom())) {
            settledBy.put(settlement.getFrom(), Objects.requireNonNull(settlement.getPayment(), "worth"));
        }
        var after = PaymentAllocation.newBuilder(before).setPaidBy(settledBy).build();
        return assessed(before, after, List.of(), settlement.getCause());
    }

    private Step assessed(PaymentAllocation before, PaymentAllocation after, List<Allocation> told, Cause cause) {
        var settles = AllocationTargets.of(after);
        var assessment = assess(after, settles);
        var claims = assessment.claims().stream()
                .map(claim -> claim.setCause(cause).build())
                .sorted(Comparator.comparing(Claim::getClaimKey))
                .toList();
        var policy = assessor.catalogue().version();
        var now = clock.instant();
        var books = new LedgerRules(policy, cause, now).of(before, after, recognised(after, assessment));
        var discrepancies = new DiscrepancyChanges(policy, cause, now).after(openBefore(before), assessment.mismatches());
        var open = discrepancies.open();
        var kept = PaymentAllocation.newBuilder(after)
                .setClaims(claims)
                .setDiscrepancy(open.isEmpty() ? null : open.get(0))
                .setDiscrepancies(open)
                .setPosted(books.posted())
                .setEntries(books.count())
                .build();
        var settlements = new ArrayList<>(told);
        settlements.addAll(toOrders(before, after, settles, cause));
        return new Step(
                kept,
                settlements,
                ClaimChanges.between(before.getClaims(), claims, old -> cause),
                discrepancies.news(),
                books.entries());
    }

    /** What its worth flows on to claims for it; it claims nothing by itself. */
    private MatchResult assess(PaymentAllocation settled, AllocationTargets settles) {
        var own = settled.getOwn();
        return own == null || !settles.nothing()
                ? MatchResult.NOTHING
                : assessor.assess(own, settled.getPaidBy().values());
    }

    private static List<RevenueRecognition> recognised(PaymentAllocation after, MatchResult assessment) {
        var own = after.getOwn();
        return own == null
                ? List.of()
                : RevenueSource.recognised(own, after.getPaidBy().values(), assessment);
    }

    /** The order it names hears what it is worth now; one that it names no longer hears that. */
    private static List<Allocation> toOrders(
            PaymentAllocation before, PaymentAllocation after, AllocationTargets settles, Cause cause) {
        var now = settles.order();
        var left = AllocationTargets.of(before).order().filter(order -> !now.equals(Optional.of(order)));
        var told = new ArrayList<Allocation>();
        left.ifPresent(
                order -> told.add(toOrder(order, after, cause).setPayment(null).build()));
        now.ifPresent(order -> told.add(toOrder(order, after, cause)
                .setPayment(after.getOwn())
                .setPaidBy(List.copyOf(new TreeMap<>(after.getPaidBy()).values()))
                .build()));
        return told;
    }

    private static Allocation.Builder toOrder(String order, PaymentAllocation from, Cause cause) {
        return message(Objects.requireNonNull(from.getOwn()), order, cause).setToOrder(true);
    }

    /** Before a key could have several discrepancies, it had this one. */
    private static List<Discrepancy> openBefore(PaymentAllocation before) {
        var only = before.getDiscrepancy();
        return before.getDiscrepancies().isEmpty() && only != null ? List.of(only) : before.getDiscrepancies();
    }

    private static boolean knew(PaymentAllocation before, String payer) {
        return before.getOwn() != null
                && AllocationTargets.linked(before.getOwn(), "SETTLED_BY").anyMatch(payer::equals);
    }

    /** Its bills are its own affair, and many would make the other's memory large. */
    private static Allocation worth(PaymentState own, String to, Cause cause) {
        var worth = own.getInvoices().isEmpty()
                ? own
                : PaymentState.newBuilder(own).setInvoices(List.of()).build();
        return message(own, to, cause).setPayment(worth).build();
    }

    private static Allocation link(PaymentState own, String to, Cause cause) {
        return message(own, to, cause).setLink(true).build();
    }

    private static Allocation.Builder message(PaymentState own, String to, Cause cause) {
        return Allocation.newBuilder()
                .setTo(to)
                .setFrom(own.getPaymentKey())
                .setLink(false)
                .setCause(cause);
    }
}
