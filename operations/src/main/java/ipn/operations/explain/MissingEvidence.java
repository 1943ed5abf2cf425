package ipn.operations.explain;

import ipn.avro.EntitlementEvent;
import ipn.avro.FactRow;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.Explanation.PaymentStory;
import ipn.operations.explain.evidence.EventCause;
import ipn.operations.explain.evidence.Evidence;
import ipn.operations.explain.evidence.RawRecordSummary;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an explanation rests on and cannot show: a sentence for each. */
record MissingEvidence(Evidence evidence) {

    List<String> of(List<Holding> holdings, List<PaymentStory> payments) {
        var gaps = new ArrayList<String>();
        holdings.forEach(holding -> {
            cause(holding).ifPresent(gaps::add);
            decisive(holding.last()).ifPresent(gaps::add);
            order(holding.last()).ifPresent(gaps::add);
        });
        payments.forEach(payment -> facts(payment).forEach(gaps::add));
        return List.copyOf(gaps);
    }

    private static Optional<String> cause(Holding holding) {
        var last = holding.last();
        if (EventCause.isOrder(last)) {
            return Optional.empty();
        }
        var expected = last.getCause().getEventKey();
        var said = holding.cause().map(RawRecordSummary::eventKey);
        if (said.isEmpty()) {
            return Optional.of("%s: its cause %s is no longer at %s"
                    .formatted(last.getEventId(), expected, Position.of(last.getCause())));
        }
        return said.filter(found -> !found.equals(expected))
                .map(found -> "%s: its cause should be %s, and at %s is %s"
                        .formatted(last.getEventId(), expected, Position.of(last.getCause()), found));
    }

    private Optional<String> decisive(EntitlementEvent last) {
        return Optional.ofNullable(last.getPaymentKey())
                .filter(key -> !evidence.payments().containsKey(key))
                .map(key -> "%s: decided by %s, of which no state is kept".formatted(last.getEventId(), key));
    }

    private Optional<String> order(EntitlementEvent last) {
        return Optional.ofNullable(last.getOrder())
                .filter(order -> evidence.orders().stream()
                        .noneMatch(known -> known.getOrderId().equals(order)))
                .map(order -> "%s: order %s is not among the subject's orders (withdrawn, or now another's)"
                        .formatted(last.getEventId(), order));
    }

    /** Of each event that told a fact, one of its records must still be there. */
    private static Stream<String> facts(PaymentStory payment) {
        var tellers = new TreeMap<String, FactRow>();
        payment.state().stream()
                .flatMap(state -> state.getFacts().stream())
                .forEach(fact -> tellers.putIfAbsent(fact.getEventKey(), fact));
        return tellers.entrySet().stream()
                .map(entry -> told(payment, entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream);
    }

    private static Optional<String> told(PaymentStory payment, String eventKey, FactRow fact) {
        var steps = payment.steps().stream()
                .filter(step -> step.eventKey().equals(eventKey))
                .toList();
        if (steps.stream().anyMatch(step -> step.raw().isPresent())) {
            return Optional.empty();
        }
        var what = fact.getKind() + " " + fact.getId();
        return Optional.of(
                steps.isEmpty()
                        ? "%s: %s told %s, and no outcome of it is kept any more"
                                .formatted(payment.paymentKey(), eventKey, what)
                        : "%s: %s told %s, and its raw record is no longer at %s"
                                .formatted(
                                        payment.paymentKey(),
                                        eventKey,
                                        what,
                                        steps.get(steps.size() - 1).source()));
    }
}
