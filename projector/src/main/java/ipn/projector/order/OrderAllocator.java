package ipn.projector.order;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.LedgerEntry;
import ipn.avro.Payer;
import ipn.avro.OrderAllocation;
import ipn.avro.Allocation;
import ipn.projector.allocation.ClaimChanges;
import ipn.projector.allocation.DiscrepancyChanges;
import ipn.projector.allocation.MatchResult;
import ipn.projector.allocation.MatchResult.Mismatch;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.ledger.LedgerRules;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
public record OrderAllocator(PriceMatcher assessor, Clock clock) {
    private static final String EXPECTED = "EXPECTED";

    /** What one piece of news leads to. */
    public record Step(
            OrderAllocation after, List<Claim> claims, List<Discrepancy> discrepancies, List<LedgerEntry> ledger) {}

    /** The checkout, or a payment key that names the order or names it no longer, spoke. */
    public Step told(@Nullable OrderAllocation before, Allocation said) {
        var known = known(said.getTo(), before);
        if (said.getCheckout()) {
            var after = OrderAllocation.newBuilder(known)
                    .setOrder(said.getOrder())
                    .setCause(said.getCause())
                    .build();
            return assessed(known, after, said.getCause(), own -> own);
        }
        var after = OrderAllocation.newBuilder(known)
                .setPayers(Payers.after(known.getPayers(), said))
                .build();
        return assessed(known, after, said.getCause(), own -> said.getCause());
    }

    /** Whether anything is known of it that must not be forgotten: the books count on from where they were. */
    public static boolean worthKeeping(OrderAllocation settled) {
        return settled.getOrder() != null || !settled.getPayers().isEmpty() || settled.getEntries() > 0;
    }

    private static OrderAllocation known(String orderId, @Nullable OrderAllocation before) {
        return before != null
                ? before
                : OrderAllocation.newBuilder()
                        .setOrderId(orderId)
                        .setPayers(Map.of())
                        .setStatus(EXPECTED)
                        .setClaims(List.of())
                        .setDiscrepancies(List.of())
                        .build();
    }

    /** The pay-by time came. */
    public Step timePassed(OrderAllocation before) {
        return assessed(
                before,
                before,
                Objects.requireNonNull(before.getCause(), "an order that has a pay-by time"),
                own -> own);
    }

    /** @param gone the cause of a withdrawal, from that of the claim: what the gateway said last, unless it speaks now */
    private Step assessed(OrderAllocation before, OrderAllocation after, Cause cause, UnaryOperator<Cause> gone) {
        var now = Instant.ofEpochMilli(clock.millis());
        var assessed = new OrderMatcher(assessor, after, now).assess();
        var claims = new ArrayList<Claim>();
        var mismatches = new ArrayList<Mismatch>();
        assessed.byPayer().forEach((key, assessment) -> {
            claims.addAll(claims(assessment, after.getPayers().get(key)));
            mismatches.addAll(assessment.mismatches());
        });
        assessed.missing().ifPresent(mismatches::add);
        claims.sort(Comparator.comparing(Claim::getClaimKey));
        var discrepancies = new DiscrepancyChanges(assessor.catalogue().version(), cause, now)
                .after(before.getDiscrepancies(), mismatches);
        var books =
                OrderLedger.of(new LedgerRules(assessor.catalogue().version(), cause, now), before, after, assessed.byPayer());
        var kept = OrderAllocation.newBuilder(after)
                .setStatus(assessed.status())
                .setClaims(claims)
                .setDiscrepancies(discrepancies.open())
                .setPosted(books.posted())
                .setEntries(books.count())
                .setNextCheck(assessed.status().equals(EXPECTED) ? payBy(after) : null)
                .build();
        return new Step(
                kept, ClaimChanges.between(before.getClaims(), claims, gone), discrepancies.news(), books.entries());
    }

    /** The cause of access is what the gateway said, also where the order came later. */
    private static List<Claim> claims(MatchResult assessment, @Nullable Payer payer) {
        var cause = Objects.requireNonNull(payer, "assessed").getCause();
        return assessment.claims().stream()
                .map(claim -> claim.setCause(cause).build())
                .toList();
    }

    private static @Nullable Instant payBy(OrderAllocation settled) {
        var order = settled.getOrder();
        return order == null ? null : order.getPayBy();
    }
}
