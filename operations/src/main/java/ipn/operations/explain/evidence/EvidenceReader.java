package ipn.operations.explain.evidence;

import ipn.avro.Claim;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.query.DiscrepancyQuery;
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

/** Reads everything behind a subject, top down: what was told to it, then payments, then the records that told them. */
public final class EvidenceReader {
    private final Sources sources;
    private final Question question;
    private final String changelog;
    private final List<String> notes = new ArrayList<>();

    /** @param changelog name of the topic with the projector's memory of claims */
    public EvidenceReader(Sources sources, Question question, String changelog) {
        this.sources = sources;
        this.question = question;
        this.changelog = changelog;
    }

    public Evidence evidence() {
        var own = new SubjectRecords(sources, question.subject());
        var events = own.events();
        var states = own.states();
        var told = Stream.concat(events.stream(), states.stream().map(Entitlement::getLast))
                .toList();
        var claims = claims(own);
        var orders = SubjectOrders.of(sources, question.subject(), question.at());
        var named = named(told, claims.orElse(List.of()));
        var found = payments(orders, told, named);
        var keys = new HashSet<>(named);
        keys.addAll(found.keySet());
        var outcomes = PaymentOutcomes.of(sources, keys, question.at());
        var steps = keys.stream().collect(Collectors.toMap(Function.identity(), outcomes::of));
        return new Evidence(
                events,
                states,
                claims,
                orders,
                question.past() ? atTheTime(found, outcomes.states()) : found,
                steps,
                RawRecordReader.fetch(sources, positions(told, steps)),
                new DiscrepancyQuery(sources.kafka(), sources.serdes())
                        .openAt(
                                sources.reader(),
                                open -> question.subject().equals(open.getSubject())
                                        || keys.contains(open.getPaymentKey())
                                        || isOf(orders, open.getOrder()),
                                question.at(),
                                sources.progress()),
                letters(keys),
                notes);
    }

    private Optional<List<EntitlementClaims>> claims(SubjectRecords own) {
        if (question.past()) {
            notes.add("claims of the past are not kept: of them is said what the entitlement events say");
            return Optional.empty();
        }
        var claims = own.claims(changelog);
        if (claims.isEmpty()) {
            notes.add("claims are not shown: topic %s is not there or may not be read".formatted(changelog)
                    + " (expected: the projector's own, of this application id)");
        }
        return claims;
    }

    private static Set<String> named(List<EntitlementEvent> told, List<EntitlementClaims> all) {
        var claims = all.stream().flatMap(each -> each.getClaims().stream()).toList();
        return Stream.of(
                        told.stream().map(EntitlementEvent::getPaymentKey),
                        claims.stream().map(Claim::getPaymentKey),
                        claims.stream().map(Claim::getSubscription))
                .flatMap(each -> each)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private Map<String, PaymentState> payments(List<Order> orders, List<EntitlementEvent> told, Set<String> named) {
        var ids = Stream.concat(
                        orders.stream().map(Order::getOrderId),
                        told.stream().map(EntitlementEvent::getOrder).filter(Objects::nonNull))
                .collect(Collectors.toSet());
        var found = PaymentSearch.run(sources, question.subject(), ids, named);
        if (found.more()) {
            notes.add("there are more than %d payments: the rest is left out".formatted(PaymentSearch.PAYMENTS_MAX));
        }
        return found.payments();
    }

    /** As outcomes of that time tell it. A payment whose outcomes are gone is told as it is now. */
    private Map<String, PaymentState> atTheTime(Map<String, PaymentState> now, Map<String, PaymentState> then) {
        var states = new TreeMap<>(then);
        now.forEach((key, state) -> {
            if (!then.containsKey(key) && beganBefore(state)) {
                notes.add("%s: told as it is now, since its outcomes of that time are no longer kept".formatted(key));
                states.put(key, state);
            }
        });
        return states;
    }

    private boolean beganBefore(PaymentState state) {
        return state.getFacts().stream().anyMatch(fact -> !fact.getFirstAt().isAfter(question.at()));
    }

    private static Set<Position> positions(List<EntitlementEvent> told, Map<String, List<Outcome>> steps) {
        var outcomes = steps.values().stream().flatMap(List::stream).map(outcome -> Position.of(outcome.getSource()));
        return Stream.concat(told.stream().map(event -> Position.of(event.getCause())), outcomes)
                .collect(Collectors.toSet());
    }

    private static boolean isOf(List<Order> orders, @Nullable String id) {
        return orders.stream().anyMatch(order -> order.getOrderId().equals(id));
    }

    private List<DeadLetter> letters(Set<String> keys) {
        return new DeadLetters(sources.kafka(), sources.serdes())
                .ofPayments(sources.reader(), keys, sources.progress()).stream()
                        .filter(letter -> letter.firstFailedAt() == null
                                || !letter.firstFailedAt().isAfter(question.at()))
                        .toList();
    }
}
