package ipn.projector.order;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.Order;
import ipn.avro.Payer;
import ipn.avro.SettledOrder;
import ipn.avro.Settlement;
import ipn.projector.settlement.Assessment;
import ipn.projector.settlement.Assessment.Mismatch;
import ipn.projector.settlement.Assessor;
import ipn.projector.settlement.ClaimChanges;
import ipn.projector.settlement.Discrepancies;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an order takes in news: from the checkout, from those who pay for it, from the clock. Either may come first.
 *
 * @param clock says when a payment is missing, and stamps discrepancies
 */
public record Matching(Assessor assessor, Clock clock) {
    /** More payments than any order or subscription is paid by; later ones are left out. */
    private static final int PAYERS_MAX = 256;

    private static final String EXPECTED = "EXPECTED";
    private static final SettledOrder NOTHING = SettledOrder.newBuilder()
            .setPayers(Map.of())
            .setStatus(EXPECTED)
            .setClaims(List.of())
            .setDiscrepancies(List.of())
            .build();

    /** What one piece of news leads to. */
    public record Step(SettledOrder after, List<Claim> claims, List<Discrepancy> discrepancies) {}

    /**
     * The checkout spoke.
     *
     * @param order null: it is withdrawn
     * @param cause where the order stands
     */
    public Step ordered(@Nullable SettledOrder before, @Nullable Order order, Cause cause) {
        var known = Objects.requireNonNullElse(before, NOTHING);
        var after =
                SettledOrder.newBuilder(known).setOrder(order).setCause(cause).build();
        return assessed(known, after, cause, own -> own);
    }

    /** A payment key told what it is worth, or that it names the order no longer. */
    public Step told(@Nullable SettledOrder before, Settlement settlement) {
        var known = Objects.requireNonNullElse(before, NOTHING);
        var payers = new HashMap<>(known.getPayers());
        var worth = settlement.getWorth();
        if (worth == null) {
            payers.remove(settlement.getFrom());
        } else if (payers.size() < PAYERS_MAX || payers.containsKey(settlement.getFrom())) {
            payers.put(settlement.getFrom(), new Payer(worth, settlement.getSettledBy(), settlement.getCause()));
        }
        return assessed(
                known,
                SettledOrder.newBuilder(known).setPayers(payers).build(),
                settlement.getCause(),
                own -> settlement.getCause());
    }

    /** The pay-by time came. */
    public Step timePassed(SettledOrder before) {
        return assessed(
                before,
                before,
                Objects.requireNonNull(before.getCause(), "an order that has a pay-by time"),
                own -> own);
    }

    /** @param gone the cause of a withdrawal, from that of the claim: what the gateway said last, unless it speaks now */
    private Step assessed(SettledOrder before, SettledOrder after, Cause cause, UnaryOperator<Cause> gone) {
        var now = Instant.ofEpochMilli(clock.millis());
        var assessed = new Assessing(assessor, after, now).assess();
        var claims = new ArrayList<Claim>();
        var mismatches = new ArrayList<Mismatch>();
        assessed.byPayer().forEach((key, assessment) -> {
            claims.addAll(claims(assessment, after.getPayers().get(key)));
            mismatches.addAll(assessment.mismatches());
        });
        assessed.missing().ifPresent(mismatches::add);
        claims.sort(Comparator.comparing(Claim::getClaimKey));
        var discrepancies = new Discrepancies(assessor.catalogue().version(), cause, now)
                .after(before.getDiscrepancies(), mismatches);
        var kept = SettledOrder.newBuilder(after)
                .setStatus(assessed.status())
                .setClaims(claims)
                .setDiscrepancies(discrepancies.open())
                .setNextCheck(assessed.status().equals(EXPECTED) ? payBy(after) : null)
                .build();
        return new Step(kept, ClaimChanges.between(before.getClaims(), claims, gone), discrepancies.news());
    }

    /** The cause of access is what the gateway said, also where the order came later. */
    private static List<Claim> claims(Assessment assessment, @Nullable Payer payer) {
        var cause = Objects.requireNonNull(payer, "assessed").getCause();
        return assessment.claims().stream()
                .map(claim -> claim.setCause(cause).build())
                .toList();
    }

    private static @Nullable Instant payBy(SettledOrder settled) {
        var order = settled.getOrder();
        return order == null ? null : order.getPayBy();
    }
}
