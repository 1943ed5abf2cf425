package ipn.operations.explain;

import ipn.avro.LinkKind;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.operations.explain.Explanation.Step;
import ipn.operations.explain.evidence.Evidence;
import ipn.operations.topic.Position;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The state of payments, their links, and the outcomes of their events. */
record PaymentHistories(Evidence evidence) {

    List<PaymentHistory> get(Collection<String> keys) {
        return keys.stream().sorted().map(this::of).toList();
    }

    private PaymentHistory of(String key) {
        var steps = evidence.outcomes().getOrDefault(key, List.of()).stream()
                .map(this::step)
                .toList();
        var state = Optional.ofNullable(evidence.payments().get(key));
        return new PaymentHistory(
                key,
                state,
                linked(key, LinkKind.PAID_BY, LinkKind.PAYS),
                linked(key, LinkKind.PAYS, LinkKind.PAID_BY),
                steps);
    }

    /** Either side may have a link: its own state as {@code own}, the other's state as {@code others}. */
    private List<String> linked(String key, LinkKind own, LinkKind others) {
        var keys = new TreeSet<String>();
        Optional.ofNullable(evidence.payments().get(key)).stream()
                .flatMap(state -> targets(state, own))
                .forEach(keys::add);
        evidence.payments().values().stream()
                .filter(state -> targets(state, others).anyMatch(key::equals))
                .forEach(state -> keys.add(state.getPaymentKey()));
        return List.copyOf(keys);
    }

    private static Stream<String> targets(PaymentState state, LinkKind kind) {
        return state.getLinks().stream().filter(link -> link.getKind() == kind).map(link -> link.getTarget());
    }

    private Step step(Outcome outcome) {
        var source = Position.of(outcome.getSource());
        return new Step(
                outcome.getKind().name(),
                outcome.getReason(),
                outcome.getEventKey(),
                outcome.getEventType(),
                outcome.getOccurredAt(),
                outcome.getReceivedAt(),
                source,
                Optional.ofNullable(evidence.records().get(source)),
                outcome.getReverification());
    }
}
