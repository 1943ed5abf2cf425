package ipn.app.explain;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.DisputeStatus;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.RecordPosition;
import ipn.avro.ReverificationStatus;
import ipn.avro.Totals;
import ipn.avro.WithheldRevocation;
import ipn.decision.Decisions;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.decision.DecisionView;
import ipn.operations.explain.Explanation;
import ipn.operations.explain.ExplanationBuilder;
import ipn.operations.explain.evidence.Evidence;
import ipn.operations.explain.evidence.Question;
import ipn.operations.explain.evidence.RawRecordSummary;
import ipn.operations.topic.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Builds the content of the topics about the subject Ada: every event of a fact has its outcome and its raw record. */
final class Case {
    static final String SUBJECT = "ada";
    static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

    private final List<EntitlementEvent> events = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private final Map<String, PaymentState> payments = new TreeMap<>();
    private final Map<String, List<Outcome>> outcomes = new HashMap<>();
    private final Map<Position, RawRecordSummary> records = new HashMap<>();
    private final Map<String, Position> sources = new HashMap<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private Optional<WithheldRevocation> withheld = Optional.empty();

    /** A time in November 2026. */
    static Instant day(int day) {
        return Instant.parse("2026-11-%02dT10:00:00Z".formatted(day));
    }

    /** A payment with the facts of its events. */
    Case payment(String key, Consumer<PaymentState.Builder> more, FactRow... facts) {
        var state = PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway(key.substring(0, key.indexOf('/')))
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of("subject", SUBJECT))
                .setFacts(List.of(facts))
                .setEvents(List.of());
        more.accept(state);
        payments.put(key, state.build());
        Arrays.stream(facts)
                .sorted(Comparator.comparing(FactRow::getOccurredAt))
                .forEach(fact -> seen(key, fact));
        return this;
    }

    private void seen(String key, FactRow fact) {
        var source = new Position("ipn.raw", 3, sources.size());
        if (sources.putIfAbsent(fact.getEventKey(), source) == null) {
            outcomes.computeIfAbsent(key, payment -> new ArrayList<>()).add(outcome(key, fact, source));
            records.put(
                    source,
                    new RawRecordSummary(fact.getEventKey(), "", "hmac 1a2b", fact.getOccurredAt(), 512, TRACE_ID));
        }
    }

    private static Outcome outcome(String key, FactRow fact, Position source) {
        return Outcome.newBuilder()
                .setReverification(ReverificationStatus.VERIFIED)
                .setKind(OutcomeKind.APPLIED)
                .setPaymentKey(key)
                .setEventKey(fact.getEventKey())
                .setGateway("stripe")
                .setAccount("main")
                .setEventType(fact.getKind().name().toLowerCase(Locale.ROOT) + ".reported")
                .setOccurredAt(fact.getOccurredAt())
                .setReceivedAt(fact.getOccurredAt())
                .setSource(new RecordPosition(source.topic(), source.partition(), source.offset()))
                .build();
    }

    static FactRow fact(FactKind kind, String id, String eventKey, Instant at, long amount) {
        return FactRow.newBuilder()
                .setKind(kind)
                .setId(id)
                .setOccurredAt(at)
                .setFirstAt(at)
                .setSequence(0)
                .setEventKey(eventKey)
                .setAmount(amount)
                .setCurrency("USD")
                .build();
    }

    static Consumer<PaymentState.Builder> captured(PaymentStatus status, long captured, long refunded) {
        return state ->
                state.setStatus(status).setTotals(List.of(new Totals("USD", 0L, captured, refunded, 0L, 0L, 0L)));
    }

    static Link pays(String target) {
        return new Link(LinkKind.PAYS, target);
    }

    Case event(
            EntitlementEventType type,
            EntitlementStatus status,
            AccessReason reason,
            String paymentKey,
            String eventKey,
            Instant at) {
        return event(type, status, reason, paymentKey, eventKey, at, event -> {});
    }

    /** The next change of premium, caused by an event of a payment. */
    Case event(
            EntitlementEventType type,
            EntitlementStatus status,
            AccessReason reason,
            String paymentKey,
            String eventKey,
            Instant at,
            Consumer<EntitlementEvent.Builder> more) {
        var revision = events.size() + 1L;
        var event = EntitlementEvent.newBuilder()
                .setEventId(SUBJECT + "/premium//" + revision)
                .setType(type)
                .setSubject(SUBJECT)
                .setEntitlement("premium")
                .setRevision(revision)
                .setStatus(status)
                .setFrom(day(1))
                .setUntil(Instant.parse("2026-12-01T10:00:00Z"))
                .setReason(reason)
                .setProduct("premium")
                .setPaymentKey(paymentKey)
                .setTest(false)
                .setCause(cause(eventKey))
                .setPolicyVersion("7f3a")
                .setDecidedAt(at);
        more.accept(event);
        events.add(event.build());
        return this;
    }

    private Cause cause(String eventKey) {
        var source = sources.getOrDefault(eventKey, new Position("ipn.raw", 3, 99));
        return new Cause(eventKey, source.topic(), source.partition(), source.offset(), false);
    }

    Case claim(String key, ClaimStatus status, Instant from, Instant until, Consumer<Claim.Builder> more) {
        var claim = Claim.newBuilder()
                .setClaimKey(key)
                .setPaymentKey(key)
                .setSubject(SUBJECT)
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.PERIOD)
                .setStatus(status)
                .setFrom(from)
                .setUntil(until)
                .setAt(from)
                .setAmount(800L)
                .setCurrency("USD")
                .setTest(false)
                .setCause(cause(""));
        more.accept(claim);
        claims.add(claim.build());
        return this;
    }

    Case order(String id, long amount, String product) {
        orders.add(Order.newBuilder()
                .setOrderId(id)
                .setSubject(SUBJECT)
                .setProduct(product)
                .setAmount(amount)
                .setCurrency("USD")
                .setCreatedAt(day(1))
                .setLive(true)
                .build());
        return this;
    }

    Case discrepancy(
            DiscrepancyKind kind, String paymentKey, String order, String expected, String actual, String eventKey) {
        discrepancies.add(Discrepancy.newBuilder()
                .setDiscrepancyId(kind + "/" + paymentKey)
                .setState(DiscrepancyState.OPEN)
                .setKind(kind)
                .setPaymentKey(paymentKey)
                .setOrder(order)
                .setSubject(SUBJECT)
                .setExpected(expected)
                .setActual(actual)
                .setCause(cause(eventKey))
                .setPolicyVersion("7f3a")
                .setAt(day(2))
                .build());
        return this;
    }

    Case letter(String paymentKey, String eventKey) {
        var at = new Position("ipn.dlq", 3, 0);
        letters.add(new DeadLetter(
                "d-1",
                "MALFORMED",
                "permanent",
                "processor",
                "",
                eventKey,
                "invoice.paid",
                "stripe/main",
                paymentKey,
                "f",
                at,
                at,
                1,
                day(2),
                day(2),
                10,
                DeadLetter.Status.OPEN));
        return this;
    }

    Case withheld(AccessReason reason, Instant since) {
        withheld = Optional.of(new WithheldRevocation(
                EntitlementEventType.REVOKED, reason, since, 1L, "", cause(""), EntitlementStatus.ENDED, null));
        return this;
    }

    /** A decision of Mara about a subject's premium. */
    Case decision(String id, DecisionKind kind, String about, Consumer<Decision.Builder> more) {
        var decision = Decision.newBuilder()
                .setDecisionId(id)
                .setKind(kind)
                .setTarget(DecisionTarget.SUBJECT)
                .setAbout(about)
                .setBy("mara")
                .setAt(day(5))
                .setWhy("asked for it")
                .setEntitlement("premium");
        more.accept(decision);
        decisions.add(decision.build());
        return this;
    }

    /** The raw record of the event was deleted by retention. */
    Case deleted(String eventKey) {
        records.remove(cause(eventKey).getOffset() == 99 ? null : sources.get(eventKey));
        return this;
    }

    Explanation explained() {
        return explained(new Question(SUBJECT, Optional.empty(), NOW, false));
    }

    Explanation explained(Question question) {
        var last = events.stream()
                .collect(Collectors.toMap(
                        event -> event.getEntitlement() + "/" + event.getScope(),
                        event -> event,
                        (a, b) -> b,
                        TreeMap::new));
        var states = last.values().stream()
                .map(event -> new Entitlement(event, withheld.orElse(null)))
                .toList();
        var remembered = EntitlementClaims.newBuilder().setClaims(claims).build();
        return ExplanationBuilder.explain(
                question,
                new Evidence(
                        events,
                        states,
                        question.past() ? Optional.empty() : Optional.of(List.of(remembered)),
                        orders,
                        payments,
                        outcomes,
                        records,
                        discrepancies,
                        letters,
                        DecisionView.all(new Decisions(decisions, Set.of()), question.at()),
                        List.of()));
    }
}
