package ipn.app.life;

import ipn.app.life.Life.End;
import ipn.app.life.Life.Step;
import ipn.avro.AccessReason;
import ipn.avro.EntitlementStatus;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lives of monthly subscriptions: the second payment fails at first, and a dispute about the first payment is won. Where one is canceled,
 * what is paid for lasts.
 */
final class SubscriptionLives {
    private SubscriptionLives() {}

    static Stream<Life> all() {
        return Stream.of(stripe(), paddle(), mollie(), braintree(), razorpay(), square(), shopify());
    }

    private static Life stripe() {
        return Life.premium(
                "stripe",
                "invoice.paid",
                List.of(
                        Step.month(0, "customer.subscription.created"),
                        Step.month(0, "invoice.paid"),
                        Step.month(0, "invoice_payment.paid"),
                        Step.month(0, "payment_intent.succeeded"),
                        Step.month(1, "invoice.payment_failed"),
                        Step.month(1, "invoice.paid"),
                        Step.month(1, "invoice_payment.paid"),
                        Step.month(1, "payment_intent.succeeded"),
                        new Step("refund.created", 1, 300),
                        Step.month(0, "charge.dispute.created"),
                        Step.month(0, "charge.dispute.closed.won"),
                        Step.month(1, "customer.subscription.deleted")),
                new End(
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        List.of(
                                "UNKNOWN NONE",
                                "COMPLETED NONE",
                                "COMPLETED WON",
                                "COMPLETED NONE",
                                "PARTIALLY_REFUNDED NONE")));
    }

    private static Life paddle() {
        return Life.premium(
                "paddle",
                "transaction.completed.subscription",
                List.of(
                        Step.month(0, "subscription.created"),
                        Step.month(0, "transaction.completed.subscription"),
                        Step.month(1, "transaction.payment_failed.subscription"),
                        Step.month(1, "transaction.completed.subscription"),
                        new Step("adjustment.updated.refund", 1, 300),
                        Step.month(0, "adjustment.created.chargeback"),
                        Step.month(0, "adjustment.created.chargeback_reverse"),
                        Step.month(1, "subscription.canceled")),
                new End(
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        List.of("UNKNOWN NONE", "COMPLETED WON", "PARTIALLY_REFUNDED NONE")));
    }

    private static Life mollie() {
        return Life.premium(
                "mollie",
                "payment.paid.subscription",
                List.of(
                        Step.month(0, "payment.open.subscription"),
                        Step.month(0, "payment.paid.subscription"),
                        new Step("refund.refunded", 0, 300),
                        Step.month(1, "payment.open.subscription"),
                        Step.month(1, "payment.paid.subscription"),
                        Step.month(0, "chargeback.received"),
                        Step.month(0, "chargeback.reversed")),
                new End(
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        List.of("PARTIALLY_REFUNDED WON", "COMPLETED NONE")));
    }

    private static Life braintree() {
        return Life.premium(
                "braintree",
                "subscription_charged_successfully",
                List.of(
                        Step.month(0, "subscription_charged_successfully"),
                        Step.month(0, "transaction_settled"),
                        Step.month(1, "subscription_charged_unsuccessfully"),
                        Step.month(1, "subscription_went_past_due"),
                        Step.month(1, "subscription_charged_successfully"),
                        new Step("transaction_settled.refund", 1, 300),
                        Step.month(0, "dispute_opened"),
                        Step.month(0, "dispute_won"),
                        Step.month(1, "subscription_canceled")),
                new End(
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        List.of("UNKNOWN NONE", "COMPLETED WON", "PARTIALLY_REFUNDED NONE")));
    }

    private static Life razorpay() {
        return Life.premium(
                "razorpay",
                "subscription.charged",
                List.of(
                        Step.month(0, "subscription.activated"),
                        Step.month(0, "subscription.charged"),
                        Step.month(1, "payment.failed"),
                        Step.month(1, "subscription.pending"),
                        Step.month(1, "subscription.charged"),
                        new Step("refund.processed", 1, 300),
                        Step.month(0, "payment.dispute.created"),
                        Step.month(0, "payment.dispute.won"),
                        Step.month(1, "subscription.cancelled")),
                new End(
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        List.of("UNKNOWN NONE", "COMPLETED WON", "PARTIALLY_REFUNDED NONE")));
    }

    /** Square notifies of an invoice and of its payment separately. */
    private static Life square() {
        return Life.premium(
                "square",
                "invoice.payment_made",
                List.of(
                        Step.month(0, "subscription.created"),
                        Step.month(0, "invoice.payment_made"),
                        Step.month(0, "payment.updated.invoice"),
                        Step.month(1, "invoice.scheduled_charge_failed"),
                        Step.month(1, "invoice.payment_made"),
                        Step.month(1, "payment.updated.invoice"),
                        new Step("refund.updated", 1, 300),
                        Step.month(0, "dispute.created"),
                        Step.month(0, "dispute.state.updated.won"),
                        Step.month(1, "subscription.updated.canceled")),
                new End(
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        List.of(
                                "UNKNOWN NONE",
                                "COMPLETED NONE",
                                "COMPLETED NONE",
                                "COMPLETED WON",
                                "PARTIALLY_REFUNDED NONE")));
    }

    /** A contract carries no reference of the merchant, so its end revokes nothing: access follows the orders. */
    private static Life shopify() {
        return Life.premium(
                "shopify",
                "orders/paid.renewal",
                List.of(
                        Step.month(0, "subscription_contracts/create"),
                        Step.month(0, "orders/paid.renewal"),
                        Step.month(0, "order_transactions/create"),
                        Step.month(1, "subscription_billing_attempts/failure"),
                        Step.month(1, "subscription_billing_attempts/success"),
                        Step.month(1, "orders/paid.renewal"),
                        Step.month(1, "order_transactions/create"),
                        new Step("refunds/create", 1, 300),
                        Step.month(0, "disputes/create"),
                        Step.month(0, "disputes/update.won"),
                        Step.month(1, "subscription_contracts/cancel")),
                new End(
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        List.of("UNKNOWN NONE", "COMPLETED WON", "PARTIALLY_REFUNDED NONE")));
    }
}
