package ipn.projector;

import ipn.avro.AccessReason;
import ipn.avro.Allocation;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Decision;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.avro.RecordPosition;
import ipn.avro.StoredDecision;
import ipn.decision.ApprovalPolicy;
import ipn.decision.Decisions;
import ipn.key.EntitlementKey;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.access.PersonalClaims;
import ipn.projector.allocation.ClaimChanges;
import ipn.projector.allocation.PaymentAllocator;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.brake.Brake;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.decision.NewestDecisions;
import ipn.projector.decision.PersonalDecisions;
import ipn.projector.entitlement.EntitlementAssembler;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.notification.NotificationRules;
import ipn.projector.order.OrderAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The rules alone, without topics: every message waits in a line of its own between two keys, and any line may go next. A
 * broker mixes them less: it keeps the messages of a partition in order.
 */
final class World {
    private static final PaymentAllocation NOTHING = PaymentAllocation.newBuilder()
            .setPaidBy(Map.of())
            .setPays(List.of())
            .setClaims(List.of())
            .setDiscrepancies(List.of())
            .setDecided(List.of())
            .setDecisions(List.of())
            .setPosted(List.of())
            .setEntries(0)
            .build();
    private static final Instant START = Projection.NOON;

    private final Map<String, Deque<Runnable>> lines = new TreeMap<>();
    private final Map<String, PaymentAllocation> payments = new HashMap<>();
    private final Map<String, OrderAllocation> orders = new HashMap<>();
    private final Map<String, List<Decision>> decisions = new TreeMap<>();
    private final Map<String, EntitlementClaims> entitlements = new TreeMap<>();
    private final Map<String, Discrepancy> discrepancies = new TreeMap<>();
    private final Map<String, Long> balances = new TreeMap<>();
    private final TreeSet<String> notified = new TreeSet<>();
    private final ApprovalPolicy approval;
    private final PaymentAllocator paymentAllocator;
    private final OrderAllocator orderAllocator;
    private final EntitlementUpdate update;
    private final EntitlementAssembler assembler;
    private Instant now = START;
    private long offset;

    World(ProductCatalogue catalogue) {
        this(CatalogueHistory.always(catalogue));
    }

    World(CatalogueHistory catalogues) {
        var clock = Projection.clock(() -> now);
        approval = catalogues.approval();
        var matcher = new PriceMatcher(catalogues);
        paymentAllocator = new PaymentAllocator(matcher, clock);
        orderAllocator = new OrderAllocator(matcher, clock);
        update = new EntitlementUpdate(catalogues::product);
        assembler = new EntitlementAssembler(new NotificationRules(NotificationPolicy.DEFAULTS, catalogues::product));
    }

    /** The processor published this state; states of one payment keep their order. */
    void published(PaymentState state) {
        wait("processor " + state.getPaymentKey(), () -> onState(state));
    }

    /** A checkout wrote this order. */
    void ordered(Order order) {
        var cause = new Cause("order/" + order.getOrderId(), "ipn.orders", 0, ++offset, false);
        wait(
                "checkout " + order.getOrderId(),
                () -> receive(Allocation.newBuilder()
                        .setTo(order.getOrderId())
                        .setToOrder(true)
                        .setFrom(order.getOrderId())
                        .setLink(false)
                        .setCheckout(true)
                        .setOrder(order)
                        .setCause(cause)
                        .build()));
    }

    /** A person decided; each decision may arrive at any time, before or after any other. */
    void decided(Decision decision) {
        wait("person " + decision.getDecisionId(), () -> onDecision(decision));
    }

    private void onDecision(Decision decision) {
        var known = decisions.computeIfAbsent(decision.getAbout(), any -> new ArrayList<>());
        var before = personalClaims(known, new Decisions(known, approval).effective(now));
        if (new Decisions(known, approval).refusal(decision).isPresent()) {
            throw new AssertionError("refused: " + decision);
        }
        if (!known.contains(decision)) {
            known.add(decision);
        }
        passOn(decision.getAbout(), decision, before);
    }

    private static List<Claim> personalClaims(List<Decision> all, List<Decision> counting) {
        var stored = all.stream()
                .map(each -> new StoredDecision(each, new RecordPosition("ipn.decisions", 0, 1L), false))
                .toList();
        return PersonalDecisions.claims(stored, counting);
    }

    private void passOn(String about, Decision because, List<Claim> before) {
        var cause = new Cause("decision/" + because.getDecisionId(), "ipn.decisions", 0, ++offset, false);
        var all = decisions.get(about);
        var effective = new Decisions(all, approval).effective(now);
        ClaimChanges.between(before, personalClaims(all, effective), "", earlier -> cause)
                .forEach(claim -> wait("decisions to " + claim.getSubject(), () -> claimed(claim)));
        var ofPayment = NewestDecisions.of(effective, DecisionTarget.PAYMENT);
        follow(about, paymentAllocator.onDecisions(about, stored(about), ofPayment, cause));
        var ofOrder = NewestDecisions.of(effective, DecisionTarget.ORDER);
        if (orders.containsKey(about) || !ofOrder.isEmpty()) {
            follow(about, orderAllocator.onDecisions(about, orders.get(about), ofOrder, cause));
        }
    }

    /** Runs everything that waits, one after the other, from any line. */
    void runAll(RandomGenerator random) {
        while (!lines.isEmpty()) {
            var names = List.copyOf(lines.keySet());
            var name = names.get(random.nextInt(names.size()));
            var line = lines.get(name);
            var next = line.poll();
            if (line.isEmpty()) {
                lines.remove(name);
            }
            next.run();
        }
    }

    /** Time passes, and whatever is due is checked when it is due. */
    void pass(Duration time, RandomGenerator random) {
        var end = now.plus(time);
        for (var due = next(); due.filter(at -> !at.isAfter(end)).isPresent(); due = next()) {
            now = due.orElseThrow().isAfter(now) ? due.orElseThrow() : now;
            List.copyOf(orders.entrySet()).forEach(entry -> {
                if (isDue(entry.getValue().getNextCheck())) {
                    follow(entry.getKey(), orderAllocator.onTime(entry.getValue()));
                }
            });
            decisions.forEach((about, all) -> all.stream()
                    .filter(each -> isDue(each.getUntil()))
                    .forEach(ended ->
                            passOn(about, ended, personalClaims(all, new Decisions(all, approval).everEffective()))));
            List.copyOf(entitlements.entrySet()).forEach(entry -> {
                if (isDue(entry.getValue().getNextCheck())) {
                    write(entry.getKey(), entry.getValue(), update.onTime(entry.getValue(), Optional.empty(), now));
                }
            });
            runAll(random);
        }
        now = end;
    }

    /** The state in the end. */
    End end() {
        var access = new ArrayList<String>();
        entitlements.forEach((key, claims) -> Optional.ofNullable(claims.getLast())
                .filter(last -> last.getReason() != AccessReason.WITHDRAWN)
                .ifPresent(last -> access.add(String.join(
                        " ",
                        key,
                        last.getStatus().name(),
                        String.valueOf(last.getFrom()),
                        String.valueOf(last.getUntil()),
                        String.valueOf(last.getGraceUntil()),
                        last.getReason().name()))));
        var open = new ArrayList<String>();
        discrepancies.forEach((id, each) -> {
            if (each.getState() == DiscrepancyState.OPEN) {
                open.add(String.join(" ", id, each.getPaymentKey(), each.getExpected(), each.getActual()));
            }
        });
        return new End(access, open, balances, notified);
    }

    /** The newest event of each entitlement. */
    List<EntitlementEvent> events() {
        return entitlements.values().stream()
                .map(EntitlementClaims::getLast)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The newest of each discrepancy. */
    Collection<Discrepancy> discrepancies() {
        return discrepancies.values();
    }

    private void onState(PaymentState state) {
        var key = state.getPaymentKey();
        var cause = new Cause(state.getGateway() + "/main/evt_" + ++offset, "ipn.raw", 0, offset, false);
        follow(key, paymentAllocator.onState(stored(key), state, cause));
    }

    private PaymentAllocation stored(String key) {
        return payments.getOrDefault(key, NOTHING);
    }

    private void follow(String key, PaymentAllocator.Result result) {
        payments.put(key, result.after());
        result.allocations().forEach(each -> wait(key + " to " + each.getTo(), () -> receive(each)));
        follow(key, result.claims(), result.discrepancies(), result.ledger());
    }

    private void receive(Allocation message) {
        var to = message.getTo();
        if (message.getToOrder()) {
            follow(to, orderAllocator.onMessage(orders.get(to), message));
        } else {
            follow(to, paymentAllocator.onMessage(stored(to), message));
        }
    }

    private void follow(String orderId, OrderAllocator.Result result) {
        orders.put(orderId, result.after());
        follow("order " + orderId, result.claims(), result.discrepancies(), result.ledger());
    }

    private void follow(String from, List<Claim> claims, List<Discrepancy> changed, List<LedgerEntry> entries) {
        claims.forEach(claim -> wait(from + " to " + claim.getSubject(), () -> claimed(claim)));
        changed.forEach(each -> discrepancies.put(each.getDiscrepancyId(), each));
        entries.forEach(entry -> entry.getLines().forEach(line -> {
            var name = String.join(
                    " ",
                    line.getAccount(),
                    line.getCurrency(),
                    String.valueOf(line.getProduct()),
                    line.getDay().toString());
            balances.merge(name, line.getAmount(), Math::addExact);
            balances.remove(name, 0L);
        }));
    }

    private void claimed(Claim claim) {
        var key = EntitlementKey.of(claim).toString();
        var before = entitlements.getOrDefault(
                key, EntitlementClaims.newBuilder().setClaims(List.of()).build());
        var derived = update.onClaim(before, claim, Optional.empty(), now);
        PersonalClaims.transferred(before.getClaims(), derived.claims(), claim.getCause())
                .forEach(each -> wait(key + " to " + each.getSubject(), () -> claimed(each)));
        write(key, before, derived);
    }

    private void write(String key, EntitlementClaims before, EntitlementUpdate.Derived derived) {
        var emitted = new Brake.Decision(
                derived.event(), Optional.empty(), Optional.empty(), Optional.empty(), Brake.RELEASED);
        var result = assembler.assemble(before, derived, emitted, now);
        entitlements.put(key, result.after());
        result.commands().stream().map(NotificationCommand::getNotificationId).forEach(id -> {
            if (!notified.add(id)) {
                throw new AssertionError("notified twice: " + id);
            }
        });
    }

    private Optional<Instant> next() {
        var all = new ArrayList<Instant>();
        orders.values().forEach(each -> Optional.ofNullable(each.getNextCheck()).ifPresent(all::add));
        decisions
                .values()
                .forEach(each -> new Decisions(each, approval).nextCheck(now).ifPresent(all::add));
        entitlements
                .values()
                .forEach(each -> Optional.ofNullable(each.getNextCheck()).ifPresent(all::add));
        return all.stream().min(Instant::compareTo);
    }

    private boolean isDue(Instant check) {
        return check != null && !check.isAfter(now);
    }

    private void wait(String line, Runnable message) {
        lines.computeIfAbsent(line, name -> new ArrayDeque<>()).add(message);
    }
}
