package ipn.app.output;

import ipn.avro.DisputeStatus;
import ipn.avro.FactRow;
import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.operations.explain.Explanation.Step;
import ipn.operations.explain.evidence.RawRecordSummary;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One payment of an explanation: what it is, which event told each fact, and the record that each event came in. */
final class PaymentText {
    private final Indented story;

    private PaymentText(Indented story) {
        this.story = story;
    }

    static void tell(Indented story, PaymentHistory payment) {
        new PaymentText(story).tell(payment);
    }

    private void tell(PaymentHistory payment) {
        if (payment.state().isEmpty() && payment.steps().isEmpty()) {
            story.add(1, payment.paymentKey() + ": nothing is known of it but its name");
            return;
        }
        story.add(
                1,
                payment.paymentKey() + ": "
                        + payment.state().map(PaymentText::summary).orElse("no state is kept"));
        payment.state().ifPresent(state -> {
            state.getTotals()
                    .forEach(total -> story.add(
                            2,
                            "captured %s, refunded %s"
                                    .formatted(
                                            Amount.shown(total.getCaptured(), total.getCurrency()),
                                            Amount.shown(total.getRefunded(), total.getCurrency()))));
            state.getInvoices().forEach(this::invoice);
        });
        if (!payment.paidBy().isEmpty()) {
            story.add(2, "paid by " + String.join(", ", payment.paidBy()));
        }
        if (!payment.pays().isEmpty()) {
            story.add(2, "pays for " + String.join(", ", payment.pays()));
        }
        payment.state().ifPresent(this::facts);
        story.add(2, payment.steps().isEmpty() ? "events: none is kept" : "events");
        payment.steps().forEach(this::step);
    }

    private static String summary(PaymentState state) {
        var subscription = state.getSubscription();
        // What is billed or subscribed to speaks of money that another payment moves.
        var billed = !state.getInvoices().isEmpty() || subscription != null;
        return (billed && state.getStatus() == PaymentStatus.UNKNOWN
                        ? "no money of its own"
                        : state.getStatus().name())
                + (state.getDisputeStatus() == DisputeStatus.NONE ? "" : ", dispute " + state.getDisputeStatus())
                + (state.getFraudFlagged() ? ", flagged as fraud" : "")
                + (subscription == null ? "" : ", subscription " + subscription.getStatus())
                + (state.getLive() ? "" : ", test money");
    }

    private void invoice(Invoice invoice) {
        story.add(
                2,
                "invoice %s %s %s%s%s"
                        .formatted(
                                invoice.getId(),
                                invoice.getStatus(),
                                Amount.shown(invoice.getPaid(), invoice.getCurrency()),
                                ExplanationText.period(invoice.getFrom(), invoice.getUntil()),
                                invoice.getSubscription() == null ? "" : ", of " + invoice.getSubscription()));
    }

    private void facts(PaymentState state) {
        story.add(2, "facts");
        state.getFacts().forEach(fact -> story.add(3, fact(fact)));
    }

    private static String fact(FactRow fact) {
        var amount = fact.getAmount() == null || fact.getCurrency() == null
                ? ""
                : " " + Amount.shown(fact.getAmount(), fact.getCurrency());
        return fact.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + " " + fact.getId()
                + spaced(fact.getStatus())
                + amount
                + spaced(fact.getTarget())
                + spaced(fact.getText())
                + ", told by " + fact.getEventKey() + " of " + fact.getOccurredAt();
    }

    private void step(Step step) {
        var kind = step.reason() == null ? step.kind() : step.kind() + " " + step.reason();
        story.add(
                3,
                "%s %s, %s, received %s"
                        .formatted(
                                step.eventKey(),
                                step.eventType(),
                                kind,
                                Objects.requireNonNullElse(step.receivedAt(), "at a time not known")));
        story.add(
                4,
                "raw record %s: %s"
                        .formatted(
                                step.source(),
                                step.raw().map(PaymentText::record).orElse("gone (older than the topic keeps)")));
    }

    private static String record(RawRecordSummary raw) {
        var verified = raw.verifiedBy().isEmpty() ? "does not say what verified it" : "verified by " + raw.verifiedBy();
        return verified + ", " + raw.bodyBytes() + " bytes";
    }

    private static String spaced(@Nullable String text) {
        return text == null ? "" : " " + text;
    }
}
