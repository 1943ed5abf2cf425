package ipn.operations.explain;

import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementEvent;
import ipn.avro.FactRow;
import ipn.decision.DecisionCause;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.operations.explain.evidence.EventCause;
import ipn.operations.explain.evidence.Evidence;
import ipn.operations.explain.evidence.RawRecordSummary;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds evidence that should exist and does not: a sentence for each. */
record MissingEvidence(Evidence evidence) {

    List<String> sentences(List<Holding> holdings, List<PaymentHistory> payments) {
        var missing = new ArrayList<String>();
        holdings.forEach(holding -> {
            cause(holding).ifPresent(missing::add);
            decisive(holding.last()).ifPresent(missing::add);
            order(holding.last()).ifPresent(missing::add);
        });
        payments.forEach(payment -> facts(payment).forEach(missing::add));
        return List.copyOf(missing);
    }

    private Optional<String> cause(Holding holding) {
        var last = holding.last();
        if (EventCause.isOrder(last)) {
            return Optional.empty();
        }
        var expected = last.getCause().getEventKey();
        if (EventCause.isDecision(last)) {
            return evidence.decisions().stream()
                            .map(view -> DecisionCause.key(view.decision().getDecisionId()))
                            .anyMatch(expected::equals)
                    ? Optional.empty()
                    : Optional.of(
                            "%s: the decision of its cause %s does not exist".formatted(last.getEventId(), expected));
        }
        var found = holding.cause().map(RawRecordSummary::eventKey);
        if (found.isEmpty()) {
            return Optional.of("%s: the raw record of its cause %s no longer exists at %s"
                    .formatted(last.getEventId(), expected, Position.of(last.getCause())));
        }
        return found.filter(event -> !event.equals(expected))
                .map(event -> "%s: its cause is %s, but the raw record at %s is of event %s"
                        .formatted(last.getEventId(), expected, Position.of(last.getCause()), event));
    }

    private Optional<String> decisive(EntitlementEvent last) {
        return Optional.ofNullable(last.getPaymentKey())
                .filter(key -> !DecisionCause.isKey(key) && !evidence.payments().containsKey(key))
                .map(key -> "%s: decided by %s, which has no payment state".formatted(last.getEventId(), key));
    }

    /** An accepted payment that names an order that no checkout wrote lacks no order: there never was one. */
    private Optional<String> order(EntitlementEvent last) {
        return Optional.ofNullable(last.getOrder())
                .filter(order -> last.getDiscrepancy() != DiscrepancyKind.UNKNOWN_ORDER)
                .filter(order -> evidence.orders().stream()
                        .noneMatch(known -> known.getOrderId().equals(order)))
                .map(order -> "%s: order %s is not an order of the subject any more (deleted, or of another subject)"
                        .formatted(last.getEventId(), order));
    }

    /** Each event that carried a fact must have a raw record that still exists. */
    private static Stream<String> facts(PaymentHistory payment) {
        var carriers = new TreeMap<String, FactRow>();
        payment.state().stream()
                .flatMap(state -> state.getFacts().stream())
                .forEach(fact -> carriers.putIfAbsent(fact.getEventKey(), fact));
        return carriers.entrySet().stream()
                .map(entry -> rawRecord(payment, entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream);
    }

    private static Optional<String> rawRecord(PaymentHistory payment, String eventKey, FactRow fact) {
        var steps = payment.steps().stream()
                .filter(step -> step.eventKey().equals(eventKey))
                .toList();
        if (steps.stream().anyMatch(step -> step.raw().isPresent())) {
            return Optional.empty();
        }
        var what = fact.getKind() + " " + fact.getId();
        return Optional.of(
                steps.isEmpty()
                        ? "%s: event %s carried %s, and none of its outcomes exists any more"
                                .formatted(payment.paymentKey(), eventKey, what)
                        : "%s: event %s carried %s, and its raw record no longer exists at %s"
                                .formatted(
                                        payment.paymentKey(),
                                        eventKey,
                                        what,
                                        steps.get(steps.size() - 1).source()));
    }
}
