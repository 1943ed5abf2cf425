package ipn.projector.order;

import ipn.avro.Allocation;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.LedgerEntry;
import ipn.avro.MoneyDecision;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.OrderStatus;
import ipn.avro.Payer;
import ipn.key.OrderId;
import ipn.projector.allocation.ClaimChanges;
import ipn.projector.allocation.DiscrepancyChanges;
import ipn.projector.allocation.LeftOutPayments;
import ipn.projector.allocation.MatchResult;
import ipn.projector.allocation.MatchResult.OpenDiscrepancy;
import ipn.projector.allocation.MostMoney.Kept;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.allocation.References;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.ledger.LedgerRules;
import ipn.topics.ByteLimits;
import ipn.topics.EncodedSize;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Allocates money to one order: keeps what the checkout expects and the newest state of each payer, matches them anew, and emits only
 * what changed. Order and payments may arrive in any order.
 *
 * @param clock says when a payment is missing, and stamps discrepancies and ledger entries
 */
public record OrderAllocator(PriceMatcher matcher, Clock clock) {
    /** So few claims and discrepancies fit, without counting their bytes. */
    private static final int FEW = 128;

    /** What one change leads to: the state to keep, and what to emit. */
    public record Result(
            OrderAllocation after, List<Claim> claims, List<Discrepancy> discrepancies, List<LedgerEntry> ledger) {

        private Result and(List<Discrepancy> more) {
            return more.isEmpty()
                    ? this
                    : new Result(
                            after,
                            claims,
                            Stream.concat(discrepancies.stream(), more.stream()).toList(),
                            ledger);
        }

        /** What is emitted has this cause; what is kept has that of the payments, so that what others change later has not. */
        private Result causedBy(Cause cause) {
            var caused = claims.stream()
                    .map(claim -> Claim.newBuilder(claim).setCause(cause).build())
                    .toList();
            return new Result(after, caused, discrepancies, ledger);
        }
    }

    /** A message from the checkout, or from a payment key that names the order or no longer does. */
    public Result onMessage(@Nullable OrderAllocation stored, Allocation message) {
        var before = Objects.requireNonNullElseGet(stored, () -> empty(message.getTo()));
        if (message.getCheckout()) {
            var after = copy(before)
                    .setOrder(message.getOrder())
                    .setCause(message.getCause())
                    .build();
            return match(before, after, message.getCause(), own -> own);
        }
        var kept = Payers.after(before.getPayers(), message);
        var anyLeftOut = before.getPayersLeftOut() || !kept.leftOut().isEmpty();
        var discrepancies = leftOut(before, message, kept);
        if (kept.leavesOutOnly(message.getFrom(), before.getPayers())) {
            // nothing else can change: a payment too many costs no work on the payments that are kept
            var same = before.getPayersLeftOut()
                    ? before
                    : copy(before).setPayersLeftOut(true).build();
            return new Result(same, List.of(), discrepancies, List.of());
        }
        var after = copy(before)
                .setPayers(kept.payments())
                .setPayersLeftOut(anyLeftOut)
                .build();
        return match(before, after, message.getCause(), own -> message.getCause())
                .and(discrepancies);
    }

    /**
     * Decisions of people about the order have changed: they are the cause of what that grants or withdraws.
     *
     * @param decisions those that count now
     */
    public Result onDecisions(
            String orderId, @Nullable OrderAllocation stored, List<MoneyDecision> decisions, Cause cause) {
        var before = Objects.requireNonNullElseGet(stored, () -> empty(orderId));
        return before.getDecisions().equals(decisions)
                ? new Result(before, List.of(), List.of(), List.of())
                : match(before, copy(before).setDecisions(decisions).build(), cause, own -> cause)
                        .causedBy(cause);
    }

    private List<Discrepancy> leftOut(OrderAllocation before, Allocation message, Kept<Payer> kept) {
        var changes = new DiscrepancyChanges(message.getCause(), now());
        var order = before.getOrder();
        var references = order == null
                ? new References(
                        Optional.of(new OrderId(message.getTo())), Optional.empty(), Optional.empty(), Optional.empty())
                : OrderTerms.references(order);
        return new LeftOutPayments(
                        changes, references, matcher.history().newest().version(), Payers.MAX)
                .changed(before.getPayers(), before.getPayersLeftOut(), message.getFrom(), kept);
    }

    /** A builder with the values of an allocation, not with copies of them: there can be many. */
    static OrderAllocation.Builder copy(OrderAllocation allocation) {
        return OrderAllocation.newBuilder()
                .setOrderId(allocation.getOrderId())
                .setOrder(allocation.getOrder())
                .setCause(allocation.getCause())
                .setPayers(allocation.getPayers())
                .setPayersLeftOut(allocation.getPayersLeftOut())
                .setStatus(allocation.getStatus())
                .setDiscrepancy(allocation.getDiscrepancy())
                .setClaims(allocation.getClaims())
                .setDiscrepancies(allocation.getDiscrepancies())
                .setDecided(allocation.getDecided())
                .setDecisions(allocation.getDecisions())
                .setPosted(allocation.getPosted())
                .setEntries(allocation.getEntries())
                .setNextCheck(allocation.getNextCheck());
    }

    /** The bound of payers leaves room for what follows from them. If not, the message becomes a dead letter, and nothing is written. */
    private static void requireFits(OrderAllocation allocation) {
        if (allocation.getClaims().size()
                        + allocation.getDiscrepancies().size()
                        + allocation.getDecided().size()
                > FEW) {
            var bytes = new EncodedSize(OrderAllocation.getClassSchema()).of(allocation);
            if (bytes > ByteLimits.MESSAGE) {
                throw new IllegalStateException(
                        "order: its state has %d bytes (expected: at most %d)".formatted(bytes, ByteLimits.MESSAGE));
            }
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Whether anything must be kept: an order, a payer, a decision, or the number of the last ledger entry. */
    public static boolean mustBeKept(OrderAllocation allocation) {
        return allocation.getOrder() != null
                || !allocation.getPayers().isEmpty()
                || !allocation.getDecisions().isEmpty()
                || allocation.getEntries() > 0;
    }

    private static OrderAllocation empty(String orderId) {
        return OrderAllocation.newBuilder()
                .setOrderId(orderId)
                .setPayers(Map.of())
                .setStatus(OrderStatus.EXPECTED)
                .setClaims(List.of())
                .setDiscrepancies(List.of())
                .build();
    }

    /** The same with another history of the catalogue. */
    public OrderAllocator with(CatalogueHistory history) {
        return new OrderAllocator(matcher.with(history), clock);
    }

    /**
     * The same order and money, matched again because the history of the catalogue has changed.
     *
     * @return {@code before} itself as the state where nothing changes
     */
    public Result again(OrderAllocation before, Cause cause) {
        var matched = match(before, before, cause, old -> cause);
        if (matched.claims().isEmpty()
                && matched.discrepancies().isEmpty()
                && matched.ledger().isEmpty()
                && matched.after().getStatus() == before.getStatus()) {
            return new Result(before, List.of(), List.of(), List.of());
        }
        var claims = matched.claims().stream()
                .map(claim -> Claim.newBuilder(claim).setCause(cause).build())
                .toList();
        return new Result(matched.after(), claims, matched.discrepancies(), matched.ledger());
    }

    /** The pay-by time has passed. */
    public Result onTime(OrderAllocation before) {
        var cause = Objects.requireNonNull(before.getCause(), "cause: of an order with a pay-by time");
        return match(before, before, cause, own -> own);
    }

    /** @param withdrawal the cause of a withdrawn claim, from the cause that the claim had */
    private Result match(OrderAllocation before, OrderAllocation after, Cause cause, UnaryOperator<Cause> withdrawal) {
        var now = now();
        var decided = matcher.with(
                after.getDecisions(), after.getPayers().values().stream().map(Payer::getOwn));
        var matched = new OrderMatcher(decided, after, now).match();
        var policyVersion =
                matcher.history().newest(matched.byPayer().values().stream().flatMap(MatchResult::policyVersions));
        var claims = claims(after, matched);
        var discrepancies = new DiscrepancyChanges(cause, now)
                .after(before.getDiscrepancies(), before.getDecided(), openDiscrepancies(matched), decided.decisions());
        var ledger = OrderLedger.post(new LedgerRules(policyVersion, cause, now), before, after, matched.byPayer());
        var kept = copy(after)
                .setStatus(matched.status())
                .setDiscrepancy(matched.discrepancy().orElse(null))
                .setClaims(claims)
                .setDiscrepancies(discrepancies.open())
                .setDecided(discrepancies.decided())
                .setPosted(ledger.posted())
                .setEntries(ledger.count())
                .setNextCheck(matched.status() == OrderStatus.EXPECTED ? payBy(after) : null)
                .build();
        requireFits(kept);
        return new Result(
                kept,
                ClaimChanges.between(before.getClaims(), claims, policyVersion, withdrawal),
                discrepancies.changed(),
                ledger.entries());
    }

    private static List<Claim> claims(OrderAllocation after, OrderMatcher.Result matched) {
        var claims = new ArrayList<Claim>();
        matched.byPayer()
                .forEach((key, result) ->
                        claims.addAll(claims(result, after.getPayers().get(key))));
        claims.sort(Comparator.comparing(Claim::getClaimKey));
        return claims;
    }

    /** The cause of access is the payment's event, also where the order arrived later. */
    private static List<Claim> claims(MatchResult result, @Nullable Payer payer) {
        var cause = Objects.requireNonNull(payer, "payer: of a match").getCause();
        return result.claims().stream()
                .map(claim -> claim.setCause(cause).build())
                .toList();
    }

    private static List<OpenDiscrepancy> openDiscrepancies(OrderMatcher.Result matched) {
        var open = new ArrayList<OpenDiscrepancy>();
        matched.byPayer().values().forEach(result -> open.addAll(result.discrepancies()));
        matched.missing().ifPresent(open::add);
        return open;
    }

    private static @Nullable Instant payBy(OrderAllocation allocation) {
        return Optional.ofNullable(allocation.getOrder()).map(Order::getPayBy).orElse(null);
    }
}
