package ipn.operations.find;

import ipn.avro.DecisionTarget;
import ipn.avro.DisputeStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.decision.DecisionView;
import ipn.operations.decision.Money;
import ipn.operations.decision.PaymentAmounts;
import ipn.operations.find.Hit.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is shown of what was found. */
final class Hits {
    private Hits() {}

    static Hit of(PaymentState state, String by) {
        var dispute = state.getDisputeStatus() == DisputeStatus.NONE ? "" : ", dispute " + state.getDisputeStatus();
        return new Hit(
                Kind.PAYMENT,
                state.getPaymentKey(),
                "",
                text(state.getReferences().get("subject")),
                PaymentAmounts.of(state),
                status(state) + dispute,
                Criteria.time(state),
                by,
                List.of());
    }

    /** A subscription takes no money itself. */
    private static String status(PaymentState state) {
        var subscription = state.getSubscription();
        return subscription == null || state.getStatus() != PaymentStatus.UNKNOWN
                ? state.getStatus().name()
                : "subscription " + subscription.getStatus();
    }

    static Hit of(Order order, String by) {
        return new Hit(
                Kind.ORDER,
                order.getOrderId(),
                "",
                text(order.getSubject()),
                List.of(new Money(order.getAmount(), order.getCurrency())),
                "for " + order.getProduct(),
                order.getCreatedAt(),
                by,
                List.of());
    }

    static Hit of(DeadLetter letter) {
        return new Hit(
                Kind.DEAD_LETTER,
                letter.id(),
                letter.paymentKey(),
                Optional.empty(),
                List.of(),
                letter.reason() + ", " + letter.status(),
                letter.lastFailedAt(),
                "payment key or body",
                List.of());
    }

    static Hit of(DecisionView view, String by) {
        var decision = view.decision();
        return new Hit(
                Kind.DECISION,
                decision.getDecisionId(),
                decision.getAbout(),
                decision.getTarget() == DecisionTarget.SUBJECT ? Optional.of(decision.getAbout()) : Optional.empty(),
                List.of(),
                decision.getKind() + " by " + decision.getBy() + ", " + view.meaning(),
                decision.getAt(),
                by,
                List.of());
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(each -> !each.isEmpty());
    }
}
