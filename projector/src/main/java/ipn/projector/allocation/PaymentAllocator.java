package ipn.projector.allocation;

import ipn.avro.Allocation;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.LedgerEntry;
import ipn.avro.LinkKind;
import ipn.avro.MoneyDecision;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.ledger.LedgerRules;
import ipn.projector.ledger.RevenueRecognition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Allocates the money of one payment key: keeps the newest state of the payment and of what pays it, matches it anew, and emits
 * only what changed.
 *
 * @param clock stamps discrepancies and ledger entries; decides only when a paid invoice should have been reported
 */
public record PaymentAllocator(PriceMatcher matcher, Clock clock) {
    /** More keys than any payment pays; later ones are left out. */
    private static final int PAYS_MAX = 256;

    /** What one change leads to: the state to keep, and what to emit. */
    public record Result(
            PaymentAllocation after,
            List<Allocation> allocations,
            List<Claim> claims,
            List<Discrepancy> discrepancies,
            List<LedgerEntry> ledger) {

        private Result and(List<Discrepancy> more) {
            return more.isEmpty()
                    ? this
                    : new Result(
                            after,
                            allocations,
                            claims,
                            Stream.concat(discrepancies.stream(), more.stream()).toList(),
                            ledger);
        }
    }

    /** The payment's own state changed. */
    public Result onState(PaymentAllocation before, PaymentState own, Cause cause) {
        var after = copy(before).setOwn(own).build();
        var messages = new ArrayList<Allocation>();
        AllocationTargets.derive(after)
                .payments()
                .forEach(target -> messages.add(AllocationMessages.money(own, target, cause)));
        AllocationTargets.linked(own, LinkKind.PAID_BY)
                .filter(payer -> !isKnownPayer(before, payer))
                .forEach(payer -> messages.add(AllocationMessages.link(own, payer, cause)));
        return match(own.getPaymentKey(), before, after, messages, cause);
    }

    /** The payment no longer counts here: its claims are withdrawn, its discrepancies closed, and its order loses it. */
    public Result forgotten(PaymentAllocation before, Cause cause) {
        var changes = new DiscrepancyChanges(cause, clock.instant());
        var version = matcher.history().newest().version();
        return new Result(
                before,
                AllocationMessages.noLongerToOrder(before, cause),
                ClaimChanges.between(before.getClaims(), List.of(), version, old -> cause),
                before.getDiscrepancies().stream().map(changes::closed).toList(),
                List.of());
    }

    /** A message from another payment key. */
    public Result onMessage(PaymentAllocation before, Allocation message) {
        return message.getLink() ? onLink(before, message) : onMoney(before, message);
    }

    private Result onLink(PaymentAllocation before, Allocation message) {
        var pays = new TreeSet<>(before.getPays());
        if (pays.size() >= PAYS_MAX || !pays.add(message.getFrom())) {
            return unchanged(before, List.of());
        }
        var after = copy(before).setPays(List.copyOf(pays)).build();
        var own = after.getOwn();
        var messages = own == null
                ? List.<Allocation>of()
                : List.of(AllocationMessages.money(own, message.getFrom(), message.getCause()));
        return match(message.getTo(), before, after, messages, message.getCause());
    }

    private Result onMoney(PaymentAllocation before, Allocation message) {
        var payer = message.getFrom();
        var kept = PaidBy.after(before.getPaidBy(), payer, Objects.requireNonNull(message.getPayment(), "payment"));
        var changes = new DiscrepancyChanges(message.getCause(), clock.instant());
        var discrepancies = new LeftOutPayments(
                        changes, References.NONE, matcher.history().newest().version(), PaidBy.MAX)
                .changed(before.getPaidBy(), before.getPayersLeftOut(), payer, kept);
        var anyLeftOut = before.getPayersLeftOut() || !kept.leftOut().isEmpty();
        if (kept.leavesOutOnly(payer, before.getPaidBy())) {
            var same = before.getPayersLeftOut()
                    ? before
                    : copy(before).setPayersLeftOut(true).build();
            return unchanged(same, discrepancies);
        }
        var after = copy(before)
                .setPaidBy(kept.payments())
                .setPayersLeftOut(anyLeftOut)
                .build();
        return match(message.getTo(), before, after, List.of(), message.getCause())
                .and(discrepancies);
    }

    private static Result unchanged(PaymentAllocation before, List<Discrepancy> discrepancies) {
        return new Result(before, List.of(), List.of(), discrepancies, List.of());
    }

    /** A builder with the values of an allocation, not with copies of them: there can be many. */
    static PaymentAllocation.Builder copy(PaymentAllocation allocation) {
        return PaymentAllocation.newBuilder()
                .setOwn(allocation.getOwn())
                .setPaidBy(allocation.getPaidBy())
                .setPayersLeftOut(allocation.getPayersLeftOut())
                .setPays(allocation.getPays())
                .setClaims(allocation.getClaims())
                .setDiscrepancies(allocation.getDiscrepancies())
                .setDecided(allocation.getDecided())
                .setDecisions(allocation.getDecisions())
                .setPosted(allocation.getPosted())
                .setEntries(allocation.getEntries())
                .setNextCheck(allocation.getNextCheck())
                .setPaidByCause(allocation.getPaidByCause());
    }

    /**
     * Decisions of people about the payment key have changed.
     *
     * @param decisions those that count now
     */
    public Result onDecisions(String key, PaymentAllocation before, List<MoneyDecision> decisions, Cause cause) {
        return before.getDecisions().equals(decisions)
                ? unchanged(before, List.of())
                : match(key, before, copy(before).setDecisions(decisions).build(), List.of(), cause);
    }

    /** The same with another history of the catalogue. */
    public PaymentAllocator with(CatalogueHistory history) {
        return new PaymentAllocator(matcher.with(history), clock);
    }

    /**
     * The same payments, matched again because the history of the catalogue has changed. What they pay has not, so no message leaves.
     *
     * @return {@code before} itself as the state where nothing changes
     */
    public Result again(String key, PaymentAllocation before, Cause cause) {
        var matched = match(key, before, before, List.of(), cause);
        return matched.claims().isEmpty()
                        && matched.discrepancies().isEmpty()
                        && matched.ledger().isEmpty()
                ? unchanged(before, List.of())
                : new Result(matched.after(), List.of(), matched.claims(), matched.discrepancies(), matched.ledger());
    }

    /** The time has passed until which the gateway should have reported what payments pay. */
    public Result onTime(String key, PaymentAllocation before) {
        var cause = before.getPaidByCause();
        return cause == null
                ? unchanged(before, List.of())
                : match(
                        key,
                        before,
                        before,
                        List.of(),
                        Cause.newBuilder(cause).setByClock(true).build());
    }

    private Result match(
            String key, PaymentAllocation before, PaymentAllocation after, List<Allocation> messages, Cause cause) {
        var targets = AllocationTargets.derive(after);
        var now = Instant.ofEpochMilli(clock.millis());
        var nextCheck = UnreportedInvoice.nextCheck(after, targets, now);
        var decided = matcher.with(after.getDecisions(), Stream.ofNullable(after.getOwn()));
        var reportIsOverdue = nextCheck.filter(due -> !now.isBefore(due)).isPresent();
        var matched = match(decided, key, after, targets, reportIsOverdue);
        var claims = matched.claims().stream()
                .map(claim -> claim.setCause(cause).build())
                .sorted(Comparator.comparing(Claim::getClaimKey))
                .toList();
        var policyVersion = matcher.history().newest(matched.policyVersions());
        var ledger = new LedgerRules(policyVersion, cause, now).ofPayment(before, after, revenue(after, matched));
        var discrepancies = new DiscrepancyChanges(cause, now)
                .after(before.getDiscrepancies(), before.getDecided(), matched.discrepancies(), decided.decisions());
        var kept = copy(after)
                .setClaims(claims)
                .setDiscrepancies(discrepancies.open())
                .setDecided(discrepancies.decided())
                .setPosted(ledger.posted())
                .setEntries(ledger.count())
                .setNextCheck(nextCheck.orElse(null))
                .setPaidByCause(
                        nextCheck.isPresent() ? Objects.requireNonNullElse(after.getPaidByCause(), cause) : null)
                .build();
        var allocations = new ArrayList<>(messages);
        allocations.addAll(AllocationMessages.toOrders(before, after, targets, cause));
        return new Result(
                kept,
                allocations,
                ClaimChanges.between(before.getClaims(), claims, policyVersion, old -> cause),
                discrepancies.changed(),
                ledger.entries());
    }

    /** Money that counts for something else is claimed there, not here. */
    private static MatchResult match(
            PriceMatcher matcher,
            String key,
            PaymentAllocation allocation,
            AllocationTargets targets,
            boolean reportIsOverdue) {
        var own = allocation.getOwn();
        var paidBy = allocation.getPaidBy().values();
        if (own == null) {
            return reportIsOverdue ? UnreportedInvoice.match(matcher, key, paidBy) : MatchResult.NOTHING;
        }
        return targets.isItself() ? matcher.match(own, paidBy) : MatchResult.NOTHING;
    }

    private static List<RevenueRecognition> revenue(PaymentAllocation after, MatchResult matched) {
        var own = after.getOwn();
        return own == null
                ? List.of()
                : RevenueRecognizer.recognize(own, after.getPaidBy().values(), matched);
    }

    private static boolean isKnownPayer(PaymentAllocation before, String payer) {
        return before.getOwn() != null
                && AllocationTargets.linked(before.getOwn(), LinkKind.PAID_BY).anyMatch(payer::equals);
    }
}
