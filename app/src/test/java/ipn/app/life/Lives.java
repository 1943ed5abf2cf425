package ipn.app.life;

import ipn.app.life.Life.End;
import ipn.app.life.Life.Step;
import java.util.List;
import java.util.stream.Stream;

/** A whole life with each gateway: bought, renewed or partly refunded, disputed or failed, ended. */
public final class Lives {
    private static final long PREMIUM = 800;
    private static final long POST = 2500;

    private Lives() {}

    public static Stream<Life> all() {
        return Stream.of(stripe(), paypalIpn(), standardWebhooks(), paddle(), coinbase(), mollie(), paypal(), apple());
    }

    private static Life stripe() {
        return premium(
                "stripe",
                List.of(
                        month(0, "customer.subscription.created"),
                        month(0, "invoice.paid"),
                        month(0, "invoice_payment.paid"),
                        month(0, "payment_intent.succeeded"),
                        month(1, "invoice.payment_failed"),
                        month(1, "invoice.paid"),
                        month(1, "invoice_payment.paid"),
                        month(1, "payment_intent.succeeded"),
                        new Step("refund.created", 1, 300),
                        month(0, "charge.dispute.created"),
                        month(0, "charge.dispute.closed.won"),
                        month(1, "customer.subscription.deleted")),
                new End(
                        "ENDED",
                        "CANCELED",
                        List.of(
                                "UNKNOWN NONE",
                                "COMPLETED NONE",
                                "COMPLETED WON",
                                "COMPLETED NONE",
                                "PARTIALLY_REFUNDED NONE")));
    }

    private static Life paypalIpn() {
        return post(
                "paypal-ipn",
                List.of(
                        post("web_accept.pending"),
                        post("web_accept"),
                        new Step("refund", 0, 1000),
                        post("new_case"),
                        post("reversed")),
                new End("SUSPENDED", "DISPUTED", List.of("PARTIALLY_REFUNDED OPEN")));
    }

    private static Life standardWebhooks() {
        return post(
                "standard-webhooks",
                List.of(
                        post("payment.failed"),
                        post("payment.succeeded"),
                        new Step("refund.succeeded", 0, 1000),
                        post("dispute.opened"),
                        post("dispute.lost")),
                new End("ENDED", "DISPUTE_LOST", List.of("PARTIALLY_REFUNDED LOST")));
    }

    private static Life paddle() {
        return premium(
                "paddle",
                List.of(
                        month(0, "subscription.created"),
                        month(0, "transaction.completed.subscription"),
                        month(1, "transaction.payment_failed.subscription"),
                        month(1, "transaction.completed.subscription"),
                        new Step("adjustment.updated.refund", 1, 300),
                        month(0, "adjustment.created.chargeback"),
                        month(0, "adjustment.created.chargeback_reverse"),
                        month(1, "subscription.canceled")),
                new End("ENDED", "CANCELED", List.of("UNKNOWN NONE", "COMPLETED WON", "PARTIALLY_REFUNDED NONE")));
    }

    private static Life coinbase() {
        return post(
                "coinbase",
                List.of(post("charge:created"), post("charge:pending"), post("charge:delayed")),
                new End("SUSPENDED", "FRAUD_FLAGGED", List.of("COMPLETED NONE")));
    }

    private static Life mollie() {
        return premium(
                "mollie",
                List.of(
                        month(0, "payment.open.subscription"),
                        month(0, "payment.paid.subscription"),
                        new Step("refund.refunded", 0, 300),
                        month(1, "payment.open.subscription"),
                        month(1, "payment.paid.subscription"),
                        month(0, "chargeback.received"),
                        month(0, "chargeback.reversed")),
                new End("ACTIVE", "PAID", List.of("PARTIALLY_REFUNDED WON", "COMPLETED NONE")));
    }

    private static Life paypal() {
        return post(
                "paypal",
                List.of(
                        post("PAYMENT.CAPTURE.PENDING"),
                        post("PAYMENT.CAPTURE.COMPLETED"),
                        new Step("PAYMENT.CAPTURE.REFUNDED", 0, 1000),
                        post("CUSTOMER.DISPUTE.CREATED"),
                        post("CUSTOMER.DISPUTE.RESOLVED.buyer")),
                new End("ENDED", "DISPUTE_LOST", List.of("PARTIALLY_REFUNDED LOST")));
    }

    /** The second month is refunded in full, and Apple revokes it; the first had run out by then. */
    private static Life apple() {
        return premium(
                "apple",
                List.of(
                        month(0, "SUBSCRIBED.INITIAL_BUY"),
                        month(0, "DID_FAIL_TO_RENEW.GRACE_PERIOD"),
                        month(1, "DID_RENEW.BILLING_RECOVERY"),
                        month(1, "CONSUMPTION_REQUEST"),
                        month(1, "REFUND")),
                new End("ENDED", "RAN_OUT", List.of("PARTIALLY_REFUNDED NONE")));
    }

    private static Life premium(String gateway, List<Step> steps, End end) {
        return new Life(gateway, "premium", steps, end);
    }

    private static Life post(String gateway, List<Step> steps, End end) {
        return new Life(gateway, "promoted-post", steps, end);
    }

    private static Step month(int month, String event) {
        return new Step(event, month, PREMIUM);
    }

    private static Step post(String event) {
        return new Step(event, 0, POST);
    }
}
