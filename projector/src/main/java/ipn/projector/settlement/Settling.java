package ipn.projector.settlement;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.LedgerEntry;
import ipn.avro.PaymentState;
import ipn.avro.SettledPayment;
import ipn.avro.Settlement;
import ipn.projector.ledger.Books;
import ipn.projector.ledger.Recognition;
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
public record Settling(Assessor assessor, Clock clock) {
    /** More payments than any invoice is paid by; later ones are left out, and the price then does not match. */
    private static final int SETTLED_BY_MAX = 256;

    /** What one piece of news leads to. */
    public record Step(
            SettledPayment after,
            List<Settlement> settlements,
            List<Claim> claims,
            List<Discrepancy> discrepancies,
            List<LedgerEntry> ledger) {}

    /** The payment's own state changed. */
    public Step own(SettledPayment before, PaymentState own, Cause cause) {
        var after = SettledPayment.newBuilder(before).setOwn(own).build();
        var told = new ArrayList<Settlement>();
        Settles.of(after).payments().forEach(target -> told.add(worth(own, target, cause)));
        Settles.linked(own, "SETTLED_BY")
                .filter(payer -> !knew(before, payer))
                .forEach(payer -> told.add(link(own, payer, cause)));
        return assessed(before, after, told, cause);
    }

    /** Another payment spoke to this one. */
    public Step told(SettledPayment before, Settlement settlement) {
        return settlement.getLink() ? toldLink(before, settlement) : toldWorth(before, settlement);
    }

    private Step toldLink(SettledPayment before, Settlement settlement) {
        var settles = new TreeSet<>(before.getSettles());
        var isNew = settles.add(settlement.getFrom());
        var after = SettledPayment.newBuilder(before)
                .setSettles(List.copyOf(settles))
                .build();
        var own = after.getOwn();
        var told = own == null || !isNew
                ? List.<Settlement>of()
                : List.of(worth(own, settlement.getFrom(), settlement.getCause()));
        return assessed(before, after, told, settlement.getCause());
    }

    private Step toldWorth(SettledPayment before, Settlement settlement) {
        var settledBy = new HashMap<>(before.getSettledBy());
        if (settledBy.size() < SETTLED_BY_MAX || settledBy.containsKey(settlement.getFrom())) {
            settledBy.put(settlement.getFrom(), Objects.requireNonNull(settlement.getWorth(), "worth"));
        }
        var after = SettledPayment.newBuilder(before).setSettledBy(settledBy).build();
        return assessed(before, after, List.of(), settlement.getCause());
    }

    private Step assessed(SettledPayment before, SettledPayment after, List<Settlement> told, Cause cause) {
        var settles = Settles.of(after);
        var assessment = assess(after, settles);
        var claims = assessment.claims().stream()
                .map(claim -> claim.setCause(cause).build())
                .sorted(Comparator.comparing(Claim::getClaimKey))
                .toList();
        var policy = assessor.catalogue().version();
        var now = clock.instant();
        var books = new Books(policy, cause, now).of(before, after, recognised(after, assessment));
        var discrepancies = new Discrepancies(policy, cause, now).after(openBefore(before), assessment.mismatches());
        var open = discrepancies.open();
        var kept = SettledPayment.newBuilder(after)
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
    private Assessment assess(SettledPayment settled, Settles settles) {
        var own = settled.getOwn();
        return own == null || !settles.nothing()
                ? Assessment.NOTHING
                : assessor.assess(own, settled.getSettledBy().values());
    }

    private static List<Recognition> recognised(SettledPayment after, Assessment assessment) {
        var own = after.getOwn();
        return own == null
                ? List.of()
                : Recognised.recognised(own, after.getSettledBy().values(), assessment);
    }

    /** The order it names hears what it is worth now; one that it names no longer hears that. */
    private static List<Settlement> toOrders(
            SettledPayment before, SettledPayment after, Settles settles, Cause cause) {
        var now = settles.order();
        var left = Settles.of(before).order().filter(order -> !now.equals(Optional.of(order)));
        var told = new ArrayList<Settlement>();
        left.ifPresent(
                order -> told.add(toOrder(order, after, cause).setWorth(null).build()));
        now.ifPresent(order -> told.add(toOrder(order, after, cause)
                .setWorth(after.getOwn())
                .setSettledBy(List.copyOf(new TreeMap<>(after.getSettledBy()).values()))
                .build()));
        return told;
    }

    private static Settlement.Builder toOrder(String order, SettledPayment from, Cause cause) {
        return message(Objects.requireNonNull(from.getOwn()), order, cause).setToOrder(true);
    }

    /** Before a key could have several discrepancies, it had this one. */
    private static List<Discrepancy> openBefore(SettledPayment before) {
        var only = before.getDiscrepancy();
        return before.getDiscrepancies().isEmpty() && only != null ? List.of(only) : before.getDiscrepancies();
    }

    private static boolean knew(SettledPayment before, String payer) {
        return before.getOwn() != null
                && Settles.linked(before.getOwn(), "SETTLED_BY").anyMatch(payer::equals);
    }

    /** Its bills are its own affair, and many would make the other's memory large. */
    private static Settlement worth(PaymentState own, String to, Cause cause) {
        var worth = own.getBills().isEmpty()
                ? own
                : PaymentState.newBuilder(own).setBills(List.of()).build();
        return message(own, to, cause).setWorth(worth).build();
    }

    private static Settlement link(PaymentState own, String to, Cause cause) {
        return message(own, to, cause).setLink(true).build();
    }

    private static Settlement.Builder message(PaymentState own, String to, Cause cause) {
        return Settlement.newBuilder()
                .setTo(to)
                .setFrom(own.getPaymentKey())
                .setLink(false)
                .setCause(cause);
    }
}
