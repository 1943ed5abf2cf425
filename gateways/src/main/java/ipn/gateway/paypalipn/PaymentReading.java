package ipn.gateway.paypalipn;

import ipn.fact.Fact;
import ipn.fact.Fact.Attempt;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.Authorized;
import ipn.fact.Fact.Captured;
import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeFunds;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.FraudFlag;
import ipn.fact.Fact.Invoice;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.Refund;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.EventContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads messages about a payment by their {@code payment_status}. */
record PaymentReading(AccountId account, IpnMessage message, PaymentStatus status, Instant at) {
    private static final Set<String> PAYS_A_SUBSCRIPTION =
            Set.of("subscr_payment", "recurring_payment", "recurring_payment_outstanding_payment");

    EventContent content() {
        if (isRefund()) {
            return refunded();
        }
        return switch (status) {
            case PENDING -> pending();
            case CREATED, IN_PROGRESS -> attempted(AttemptStatus.PENDING);
            case DENIED, FAILED -> attempted(AttemptStatus.FAILED);
            case VOIDED, CANCELED -> attempted(AttemptStatus.CANCELED);
            case EXPIRED -> attempted(AttemptStatus.EXPIRED);
            case PROCESSED, COMPLETED -> completed();
            case PARTIALLY_REFUNDED, REFUNDED -> refunded();
            case REVERSED -> disputed(DisputeStatus.OPEN, DisputeMovement.WITHDRAWN);
            case CANCELED_REVERSAL -> disputed(DisputeStatus.WON, DisputeMovement.REINSTATED);
        };
    }

    /**
     * True for a refund. A refund from a bank account is pending for days and has the same {@code payment_status} as a
     * pending sale.
     */
    private boolean isRefund() {
        return message.takesMoney()
                && message.text("parent_txn_id").isPresent()
                && message.text("reason_code").orElse("").equals("refund")
                && status != PaymentStatus.REVERSED
                && status != PaymentStatus.CANCELED_REVERSAL;
    }

    private EventContent completed() {
        var gross = message.gross();
        var id = message.transaction();
        var facts = new ArrayList<Fact>();
        facts.add(new Captured(id, gross, message.fee()));
        // unconditional: the message does not show whether the payment was under review before
        facts.add(new FraudFlag(id, false, "completed"));
        if (PAYS_A_SUBSCRIPTION.contains(message.txnType())) {
            facts.add(invoice(id, gross));
        }
        return content(Optional.of(gross), facts);
    }

    private Invoice invoice(String id, Money gross) {
        var subscription = account.keyOf(message.subscription());
        var until = IpnTimes.at(message, "next_payment_date").filter(next -> next.isAfter(at));
        return new Invoice(id, InvoiceStatus.PAID, Optional.of(subscription), gross, gross, Optional.of(at), until);
    }

    private EventContent pending() {
        return switch (pendingReason()) {
            case "authorization" -> {
                var amount = message.gross();
                yield content(Optional.of(amount), List.of(new Authorized(message.transaction(), amount)));
            }
            case "paymentreview" -> {
                var attempt = attempted(AttemptStatus.PENDING);
                var facts = new ArrayList<>(attempt.facts());
                facts.add(new FraudFlag(message.transaction(), true, "paymentreview"));
                yield content(attempt.amount(), facts);
            }
            default -> attempted(AttemptStatus.PENDING);
        };
    }

    private EventContent attempted(AttemptStatus attempt) {
        var reason = status == PaymentStatus.PENDING
                ? pendingReason()
                : message.text("reason_code").orElse("");
        // a failed or canceled payment may have no amount, and needs none
        var amount = message.text("mc_gross").map(gross -> message.gross());
        return content(amount, List.of(new Attempt(message.transaction(), attempt, reason)));
    }

    private EventContent refunded() {
        var refundStatus = switch (status) {
            case CREATED, IN_PROGRESS, PENDING -> RefundStatus.PENDING;
            case DENIED, FAILED -> RefundStatus.FAILED;
            case VOIDED, EXPIRED, CANCELED, CANCELED_REVERSAL -> RefundStatus.CANCELED;
            case PROCESSED, COMPLETED, PARTIALLY_REFUNDED, REFUNDED, REVERSED -> RefundStatus.SUCCEEDED;
        };
        var amount = message.grossMoved();
        return content(Optional.of(amount), List.of(new Refund(message.transaction(), amount, refundStatus)));
    }

    /**
     * The dispute's id is the sale's id. A reversal and its cancellation have different transaction ids, and only some
     * messages name a case, so the sale's id is the only id that they share.
     */
    private EventContent disputed(DisputeStatus dispute, DisputeMovement movement) {
        var amount = message.grossMoved();
        var reason = message.text("reason_code").orElse("");
        return content(
                Optional.of(amount),
                List.of(
                        new Dispute(message.sale(), Optional.of(amount), dispute, reason),
                        new DisputeFunds(message.transaction(), amount, movement)));
    }

    private String pendingReason() {
        return message.text("pending_reason").orElse("");
    }

    private EventContent content(Optional<Money> amount, List<Fact> facts) {
        return new EventContent(status.ordinal(), amount, facts);
    }
}
