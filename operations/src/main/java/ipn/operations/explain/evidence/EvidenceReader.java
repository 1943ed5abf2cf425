package ipn.operations.explain.evidence;

import ipn.avro.Claim;
import ipn.avro.Decision;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DecisionCause;
import ipn.decision.Decisions;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.deadletter.Mentions;
import ipn.operations.decision.DecisionQuery;
import ipn.operations.decision.DecisionView;
import ipn.operations.query.DiscrepancyQuery;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads all evidence about a subject: entitlement events, then payments, then raw records. */
public final class EvidenceReader {
    private final Sources sources;
    private final Question question;
    private final String changelog;
    private final ApprovalPolicy approval;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param changelog name of the changelog in which the projector keeps claims
     * @param approval which decisions need approval
     */
    public EvidenceReader(Sources sources, Question question, String changelog, ApprovalPolicy approval) {
        this.sources = sources;
        this.question = question;
        this.changelog = changelog;
        this.approval = approval;
    }

    public Evidence read() {
        var own = new SubjectRecords(sources, question.subject());
        var events = own.events();
        var states = own.states();
        var emitted = Stream.concat(events.stream(), states.stream().map(Entitlement::getLast))
                .toList();
        var claims = claims(own);
        var orders = SubjectOrders.read(sources, question.subject(), question.at());
        var named = named(emitted, claims.orElse(List.of()));
        var found = payments(orders, emitted, named);
        var keys = new HashSet<>(named);
        keys.addAll(found.keySet());
        var outcomes = PaymentOutcomes.read(sources, keys, question);
        var steps = keys.stream().collect(Collectors.toMap(Function.identity(), outcomes::get));
        return new Evidence(
                events,
                states,
                claims,
                orders,
                question.past() ? atTheTime(found, outcomes.states()) : found,
                steps,
                RawRecordReader.fetch(sources, positions(emitted, steps)),
                discrepancies(keys, orders),
                letters(keys, orders),
                decisions(keys, emitted, orders),
                notes);
    }

    private List<Discrepancy> discrepancies(Set<String> keys, List<Order> orders) {
        var query = new DiscrepancyQuery(sources.source());
        var lookup = query.all()
                .any(Lookup.SUBJECT, Set.of(question.subject()))
                .any(DiscrepancyQuery.PAYMENT, keys)
                .any(
                        DiscrepancyQuery.ORDER,
                        orders.stream().map(Order::getOrderId).toList());
        return query.openAt(
                sources.reader(),
                lookup,
                open -> question.subject().equals(open.getSubject())
                        || keys.contains(open.getPaymentKey())
                        || contains(orders, open.getOrder()),
                question.at(),
                sources.progress());
    }

    private List<DecisionView> decisions(Set<String> keys, List<EntitlementEvent> emitted, List<Order> orders) {
        var about = new HashSet<>(keys);
        about.add(question.subject());
        orders.forEach(order -> about.add(order.getOrderId()));
        emitted.stream()
                .map(EntitlementEvent::getOrder)
                .filter(Objects::nonNull)
                .forEach(about::add);
        var all = new DecisionQuery(sources.source(), approval)
                .concerning(sources.reader(), about, question.subject(), sources.progress()).stream()
                        .filter(each -> !each.getAt().isAfter(question.at()))
                        .toList();
        var here = all.stream()
                .filter(each -> question.subject().equals(each.getToSubject()))
                .map(Decision::getDecisionId)
                .collect(Collectors.toSet());
        var decisions = all.stream()
                .filter(each -> about.contains(each.getAbout())
                        || here.contains(each.getDecisionId())
                        || here.contains(Objects.requireNonNullElse(each.getOf(), "")))
                .toList();
        return DecisionView.all(new Decisions(decisions, approval), question.at());
    }

    private Optional<List<EntitlementClaims>> claims(SubjectRecords own) {
        if (question.past()) {
            notes.add("past claims are not stored: only what entitlement events contain is shown");
            return Optional.empty();
        }
        var claims = own.claims(changelog);
        if (claims.isEmpty()) {
            notes.add("claims are not shown: topic %s does not exist or may not be read".formatted(changelog)
                    + " (expected: the changelog of the projector with this application id)");
        }
        return claims;
    }

    private static Set<String> named(List<EntitlementEvent> emitted, List<EntitlementClaims> all) {
        var claims = all.stream().flatMap(each -> each.getClaims().stream()).toList();
        return Stream.of(
                        emitted.stream().map(EntitlementEvent::getPaymentKey),
                        claims.stream().map(Claim::getPaymentKey),
                        claims.stream().map(Claim::getSubscription))
                .flatMap(each -> each)
                .filter(Objects::nonNull)
                .filter(key -> !DecisionCause.isKey(key))
                .collect(Collectors.toSet());
    }

    private Map<String, PaymentState> payments(List<Order> orders, List<EntitlementEvent> emitted, Set<String> named) {
        var ids = Stream.concat(
                        orders.stream().map(Order::getOrderId),
                        emitted.stream().map(EntitlementEvent::getOrder).filter(Objects::nonNull))
                .collect(Collectors.toSet());
        var found = PaymentSearch.run(sources, question.subject(), ids, named);
        if (found.more()) {
            notes.add("more than %d payments: the others are not shown".formatted(PaymentSearch.PAYMENTS_MAX));
        }
        return found.payments();
    }

    /** The states in outcomes of that time. A payment whose outcomes no longer exist is shown as it is now. */
    private Map<String, PaymentState> atTheTime(Map<String, PaymentState> now, Map<String, PaymentState> then) {
        var states = new TreeMap<>(then);
        now.forEach((key, state) -> {
            if (!then.containsKey(key) && beganBefore(state)) {
                notes.add("%s: shown as it is now, because its outcomes of that time no longer exist".formatted(key));
                states.put(key, state);
            }
        });
        return states;
    }

    private boolean beganBefore(PaymentState state) {
        return state.getFacts().stream().anyMatch(fact -> !fact.getFirstAt().isAfter(question.at()));
    }

    private static Set<Position> positions(List<EntitlementEvent> emitted, Map<String, List<Outcome>> steps) {
        var outcomes = steps.values().stream().flatMap(List::stream).map(outcome -> Position.of(outcome.getSource()));
        var causes = emitted.stream()
                .filter(event -> !EventCause.isDecision(event))
                .map(event -> Position.of(event.getCause()));
        return Stream.concat(causes, outcomes).collect(Collectors.toSet());
    }

    private static boolean contains(List<Order> orders, @Nullable String id) {
        return orders.stream().anyMatch(order -> order.getOrderId().equals(id));
    }

    private List<DeadLetter> letters(Set<String> keys, List<Order> orders) {
        var ids = Stream.concat(Stream.of(question.subject()), orders.stream().map(Order::getOrderId))
                .toList();
        if (question.subject().length() < Mentions.LENGTH_MIN) {
            notes.add("dead letters are not searched for %s: the id is too short".formatted(question.subject()));
        }
        return new DeadLetters(sources.source())
                .find(sources.reader(), new Mentions(keys, ids), sources.progress()).stream()
                        .filter(letter -> letter.firstFailedAt() == null
                                || !letter.firstFailedAt().isAfter(question.at()))
                        .toList();
    }
}
