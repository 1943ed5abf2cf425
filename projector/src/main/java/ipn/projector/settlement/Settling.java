package ipn.projector.settlement;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.Link;
import ipn.avro.PaymentState;
import ipn.avro.SettledPayment;
import ipn.avro.Settlement;
import ipn.serde.AvroRecords;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
            SettledPayment after, List<Settlement> settlements, List<Claim> claims, List<Discrepancy> discrepancies) {}

    /** The payment's own state changed. */
    public Step own(SettledPayment before, PaymentState own, Cause cause) {
        var after = SettledPayment.newBuilder(before).setOwn(own).build();
        var settlements = new ArrayList<Settlement>();
        targets(after).forEach(target -> settlements.add(worth(own, target, cause)));
        targets(own, "SETTLED_BY")
                .filter(payer -> !knew(before, payer))
                .forEach(payer -> settlements.add(link(own, payer, cause)));
        return assessed(before, after, settlements, cause);
    }

    /** Another payment spoke to this one. */
    public Step told(SettledPayment before, Settlement settlement) {
        return settlement.getLink() ? toldLink(before, settlement) : toldWorth(before, settlement);
    }

    private Step toldLink(SettledPayment before, Settlement settlement) {
        var settles = new TreeSet<>(before.getSettles());
        settles.add(settlement.getFrom());
        var after = SettledPayment.newBuilder(before)
                .setSettles(List.copyOf(settles))
                .build();
        var own = after.getOwn();
        var isNew = !before.getSettles().contains(settlement.getFrom());
        var settlements = own == null || !isNew
                ? List.<Settlement>of()
                : List.of(worth(own, settlement.getFrom(), settlement.getCause()));
        return assessed(before, after, settlements, settlement.getCause());
    }

    private Step toldWorth(SettledPayment before, Settlement settlement) {
        var settledBy = new HashMap<>(before.getSettledBy());
        if (settledBy.size() < SETTLED_BY_MAX || settledBy.containsKey(settlement.getFrom())) {
            settledBy.put(settlement.getFrom(), Objects.requireNonNull(settlement.getWorth(), "worth"));
        }
        var after = SettledPayment.newBuilder(before).setSettledBy(settledBy).build();
        return assessed(before, after, List.of(), settlement.getCause());
    }

    private Step assessed(SettledPayment before, SettledPayment after, List<Settlement> settlements, Cause cause) {
        var assessment = assessor.assess(after);
        var claims = assessment.claims().stream()
                .map(claim -> claim.setCause(cause).build())
                .sorted(Comparator.comparing(Claim::getClaimKey))
                .toList();
        var discrepancies = new Discrepancies(assessor.catalogue().version(), cause, clock.instant())
                .after(before, after, assessment.mismatches());
        var open = discrepancies.open();
        var kept = SettledPayment.newBuilder(after)
                .setClaims(claims)
                .setDiscrepancy(open.isEmpty() ? null : open.get(0))
                .setDiscrepancies(open)
                .build();
        return new Step(kept, settlements, changes(before.getClaims(), claims, cause), discrepancies.news());
    }

    /**
     * Claims that are new or differ, what is paid first, then withdrawals of those that are gone or moved to somebody else. In
     * this order, so that neither a claim that only changes its name nor a period that replaces another leaves a moment without
     * access.
     */
    private static List<Claim> changes(List<Claim> before, List<Claim> after, Cause cause) {
        var known = new TreeMap<String, Claim>();
        before.forEach(claim -> known.put(place(claim), claim));
        var news = after.stream()
                .filter(claim -> !sameClaim(known.get(place(claim)), claim))
                .sorted(Comparator.comparing(claim -> !claim.getStanding().equals("PAID")))
                .toList();
        after.forEach(claim -> known.remove(place(claim)));
        var withdrawn = known.values().stream()
                .map(claim ->
                        Claim.newBuilder(claim).setKind("NONE").setCause(cause).build());
        return Stream.concat(news.stream(), withdrawn).toList();
    }

    private static String place(Claim claim) {
        return String.join(
                "\n",
                claim.getSubject(),
                claim.getEntitlement(),
                String.valueOf(claim.getScope()),
                claim.getClaimKey());
    }

    private static boolean sameClaim(@Nullable Claim a, Claim b) {
        return a != null
                && AvroRecords.same(Claim.newBuilder(a).setCause(b.getCause()).build(), b);
    }

    private static TreeSet<String> targets(SettledPayment settled) {
        var all = new TreeSet<>(settled.getSettles());
        targets(Objects.requireNonNull(settled.getOwn()), "SETTLES").forEach(all::add);
        return all;
    }

    private static Stream<String> targets(PaymentState own, String kind) {
        return own.getLinks().stream()
                .filter(link -> link.getKind().equals(kind))
                .map(Link::getTarget);
    }

    private static boolean knew(SettledPayment before, String payer) {
        return before.getOwn() != null && targets(before.getOwn(), "SETTLED_BY").anyMatch(payer::equals);
    }

    /** Its bills are its own affair, and many would make the other's memory large. */
    private static Settlement worth(PaymentState own, String to, Cause cause) {
        var worth = own.getBills().isEmpty()
                ? own
                : PaymentState.newBuilder(own).setBills(List.of()).build();
        return new Settlement(to, own.getPaymentKey(), false, worth, false, List.of(), cause);
    }

    private static Settlement link(PaymentState own, String to, Cause cause) {
        return new Settlement(to, own.getPaymentKey(), true, null, false, List.of(), cause);
    }
}
