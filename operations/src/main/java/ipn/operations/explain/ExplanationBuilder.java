package ipn.operations.explain;

import ipn.avro.Claim;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementEvent;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.decision.DecisionCause;
import ipn.operations.decision.DecisionView;
import ipn.operations.decision.DecisionView.DecisionStatus;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.Explanation.OrderDetails;
import ipn.operations.explain.evidence.EntitlementScope;
import ipn.operations.explain.evidence.Evidence;
import ipn.operations.explain.evidence.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes an explanation from evidence. A pure function. */
public record ExplanationBuilder(Question question, Evidence evidence) {

    public static Explanation explain(Question question, Evidence evidence) {
        return new ExplanationBuilder(question, evidence).explanation();
    }

    private Explanation explanation() {
        var holdings = new Holdings(question, evidence);
        var held = holdings.all();
        var payments = new PaymentHistories(evidence).get(paymentKeys(held));
        var unrelated = new TreeSet<>(evidence.payments().keySet());
        payments.forEach(payment -> unrelated.remove(payment.paymentKey()));
        var orders = evidence.orders().stream().map(this::order).toList();
        var discrepancies = evidence.discrepancies().stream()
                .filter(each -> !unrelated.contains(each.getPaymentKey()))
                .toList();
        var letters = evidence.letters().stream()
                .filter(letter -> !unrelated.contains(letter.paymentKey()))
                .toList();
        var notes = new ArrayList<>(evidence.notes());
        notes.addAll(holdings.unknown());
        var answer = new AnswerSentences(question, held, payments, orders, discrepancies, letters).sentences();
        var missing = new MissingEvidence(evidence).sentences(held, payments);
        return new Explanation(
                question.subject(),
                question.entitlement(),
                question.at(),
                answer,
                held,
                payments,
                orders,
                discrepancies,
                letters,
                evidence.decisions().stream()
                        .filter(view -> !unrelated.contains(view.decision().getAbout()))
                        .toList(),
                List.copyOf(notes),
                missing);
    }

    /** All payment keys of the evidence, except those that only other entitlements depend on. */
    private Set<String> paymentKeys(List<Holding> held) {
        var ours = keysBehind(
                held.stream().flatMap(holding -> holding.claims().stream()).toList(),
                held.stream()
                        .flatMap(holding -> Stream.concat(Stream.of(holding.last()), holding.history().stream()))
                        .toList());
        var others = keysBehind(
                claims().filter(claim -> !question.includes(EntitlementScope.of(claim)))
                        .toList(),
                evidence.events().stream()
                        .filter(event -> !question.includes(EntitlementScope.of(event)))
                        .toList());
        others.removeAll(ours);
        ours.addAll(evidence.payments().keySet());
        ours.removeIf(key -> others.contains(key) || paysOnlyFor(key, others));
        return ours;
    }

    private static Set<String> keysBehind(Collection<Claim> claims, Collection<EntitlementEvent> events) {
        var keys = new TreeSet<String>();
        claims.forEach(claim -> keys.add(claim.getPaymentKey()));
        claims.stream().map(Claim::getSubscription).filter(Objects::nonNull).forEach(keys::add);
        events.stream()
                .map(EntitlementEvent::getPaymentKey)
                .filter(Objects::nonNull)
                .forEach(keys::add);
        keys.removeIf(DecisionCause::isKey);
        return keys;
    }

    private boolean paysOnlyFor(String key, Set<String> others) {
        var pays = new PaymentHistories(evidence).get(Set.of(key)).get(0).pays();
        return !pays.isEmpty() && others.containsAll(pays);
    }

    private OrderDetails order(Order order) {
        var id = order.getOrderId();
        var names = evidence.payments().values().stream()
                .filter(state -> id.equals(state.getReferences().get("order")))
                .map(PaymentState::getPaymentKey);
        var claims = claims().filter(claim -> id.equals(claim.getOrder())).map(Claim::getPaymentKey);
        var payments = Stream.concat(names, claims).distinct().sorted().toList();
        return new OrderDetails(order, matching(order), payments, decisions(order));
    }

    private List<DecisionView> decisions(Order order) {
        return evidence.decisions().stream()
                .filter(view -> view.status() == DecisionStatus.EFFECTIVE
                        && view.decision().getTarget() == DecisionTarget.ORDER
                        && view.decision().getAbout().equals(order.getOrderId()))
                .toList();
    }

    /** That nothing was paid in time holds also after a person dismissed it. */
    private boolean isMissingDismissed(Order order) {
        return decisions(order).stream()
                .map(DecisionView::decision)
                .anyMatch(decision -> decision.getKind() == DecisionKind.DISMISS
                        && Objects.requireNonNullElse(decision.getDiscrepancy(), "")
                                .startsWith(DiscrepancyKind.MISSING + "/"));
    }

    /** Open discrepancies count first: an order that is paid may have been paid twice. */
    private String matching(Order order) {
        var id = order.getOrderId();
        var open = evidence.discrepancies().stream()
                .filter(each -> id.equals(each.getOrder()))
                .map(each -> each.getKind().name())
                .distinct()
                .sorted()
                .toList();
        if (!open.isEmpty()) {
            return String.join(" and ", open);
        }
        return Stream.concat(matchingOfClaims(id), matchingOfEvents(id))
                .findFirst()
                .orElseGet(() -> isMissingDismissed(order) ? DiscrepancyKind.MISSING.name() : "EXPECTED");
    }

    private Stream<String> matchingOfClaims(String order) {
        return claims().filter(claim -> order.equals(claim.getOrder())).map(claim -> match(claim.getDiscrepancy()));
    }

    private static String match(@Nullable DiscrepancyKind accepted) {
        return accepted == null ? "MATCHED" : accepted.name();
    }

    private Stream<Claim> claims() {
        return evidence.claims().orElse(List.of()).stream().flatMap(all -> all.getClaims().stream());
    }

    /** By the events about an order, the newest first. */
    private Stream<String> matchingOfEvents(String order) {
        return evidence.events().stream()
                .filter(event -> order.equals(event.getOrder()))
                .filter(event -> !event.getDecidedAt().isAfter(question.at()))
                .sorted(Comparator.comparing(EntitlementEvent::getDecidedAt).reversed())
                .map(event -> match(event.getDiscrepancy()));
    }
}
