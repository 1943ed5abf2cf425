package ipn.app.output;

import ipn.avro.DisputeStatus;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.RefundedLine;
import ipn.avro.ReverificationStatus;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.operations.explain.Explanation.Step;
import ipn.operations.explain.evidence.RawRecordSummary;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One payment of an explanation: its state, the event that carried each fact, and the raw record of each event. */
final class PaymentText {
    private final IndentedText text;

    private PaymentText(IndentedText text) {
        this.text = text;
    }

    static void write(IndentedText text, PaymentHistory payment) {
        new PaymentText(text).write(payment);
    }

    private void write(PaymentHistory payment) {
        if (payment.state().isEmpty() && payment.steps().isEmpty()) {
            text.add(1, payment.paymentKey() + ": no state and no events are stored");
            return;
        }
        text.add(
                1,
                payment.paymentKey() + ": "
                        + payment.state().map(PaymentText::summary).orElse("no state is stored"));
        payment.state().ifPresent(state -> {
            state.getTotals()
                    .forEach(total -> text.add(
                            2,
                            "captured %s, refunded %s"
                                    .formatted(
                                            Amount.shown(total.getCaptured(), total.getCurrency()),
                                            Amount.shown(total.getRefunded(), total.getCurrency()))));
            state.getInvoices().forEach(this::invoice);
        });
        if (!payment.paidBy().isEmpty()) {
            text.add(2, "paid by " + String.join(", ", payment.paidBy()));
        }
        if (!payment.pays().isEmpty()) {
            text.add(2, "pays for " + String.join(", ", payment.pays()));
        }
        payment.state().ifPresent(this::facts);
        text.add(2, payment.steps().isEmpty() ? "events: none are stored" : "events");
        payment.steps().forEach(this::step);
    }

    private static String summary(PaymentState state) {
        var subscription = state.getSubscription();
        // the money of an invoice or a subscription is captured under the key of another payment
        var billed = !state.getInvoices().isEmpty() || subscription != null;
        return (billed && state.getStatus() == PaymentStatus.UNKNOWN
                        ? "no direct payment"
                        : state.getStatus().name())
                + (state.getDisputeStatus() == DisputeStatus.NONE ? "" : ", dispute " + state.getDisputeStatus())
                + (state.getFraudFlagged() ? ", flagged as fraud" : "")
                + (subscription == null ? "" : ", subscription " + subscription.getStatus())
                + (state.getLive() ? "" : ", test money");
    }

    private void invoice(Invoice invoice) {
        text.add(
                2,
                "invoice %s %s %s%s%s"
                        .formatted(
                                invoice.getId(),
                                invoice.getStatus(),
                                Amount.shown(invoice.getPaid(), invoice.getCurrency()),
                                ExplanationText.period(invoice.getFrom(), invoice.getUntil()),
                                invoice.getSubscription() == null
                                        ? ""
                                        : ", subscription " + invoice.getSubscription()));
    }

    private void facts(PaymentState state) {
        text.add(2, "facts");
        state.getFacts().forEach(fact -> text.add(3, fact(fact)));
    }

    private static String fact(FactRow fact) {
        var amount = fact.getAmount() == null || fact.getCurrency() == null
                ? ""
                : " " + Amount.shown(fact.getAmount(), fact.getCurrency());
        var kind = fact.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        // the id of a link consists of its kind and its target
        return kind
                + (fact.getKind() == FactKind.LINK ? "" : spaced(fact.getId()))
                + spaced(fact.getStatus())
                + amount
                + spaced(fact.getTarget())
                + spaced(fact.getText())
                + refundedLines(fact)
                + ", from event " + fact.getEventKey() + ", occurred " + fact.getOccurredAt();
    }

    /** The lines that a refund was for, in minor units of its currency. */
    private static String refundedLines(FactRow fact) {
        var lines = Objects.requireNonNullElse(fact.getRefundedLines(), List.<RefundedLine>of());
        return lines.isEmpty()
                ? ""
                : lines.stream()
                        .map(line -> line.getSku() + " " + line.getAmount())
                        .collect(Collectors.joining(", ", " of ", ""));
    }

    private void step(Step step) {
        var kind = step.reason() == null ? step.kind() : step.kind() + " " + step.reason();
        text.add(
                3,
                "%s %s, %s, received %s"
                        .formatted(
                                step.eventKey(),
                                step.eventType(),
                                kind,
                                Objects.requireNonNullElse(step.receivedAt(), "at an unknown time")));
        text.add(
                4,
                "raw record %s: %s; %s"
                        .formatted(
                                step.source(),
                                step.raw()
                                        .map(PaymentText::record)
                                        .orElse("deleted (older than the retention of its topic)"),
                                reverification(step.reverification())));
    }

    private static String record(RawRecordSummary raw) {
        var verified = raw.verifiedBy().isEmpty() ? "verification not recorded" : "verified by " + raw.verifiedBy();
        var trace = raw.traceId().isEmpty() ? "" : ", trace " + raw.traceId();
        return verified + ", " + raw.bodyBytes() + " bytes" + trace;
    }

    private static String reverification(ReverificationStatus status) {
        return switch (status) {
            case VERIFIED -> "verified again by the processor";
            case FAILED -> "refused by the processor: the stored signature does not fit";
            case NOT_VERIFIABLE -> "cannot be verified again from what is stored";
            case NOT_SAMPLED -> "not verified again: not in the sample";
            case OFF -> "not verified again: processor.reverify is none";
            case NOT_ATTEMPTED -> "not verified again: refused before";
            case UNKNOWN -> "verification by the processor not known";
        };
    }

    private static String spaced(@Nullable String text) {
        return text == null || text.isEmpty() ? "" : " " + text;
    }
}
