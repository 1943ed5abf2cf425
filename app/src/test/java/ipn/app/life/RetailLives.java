package ipn.app.life;

import ipn.app.life.Life.End;
import ipn.app.life.Life.Step;
import ipn.avro.AccessReason;
import ipn.avro.EntitlementStatus;
import java.util.List;
import java.util.stream.Stream;

/** Lives of one-off payments: partly refunded, and disputed. */
final class RetailLives {
    private RetailLives() {}

    static Stream<Life> all() {
        return Stream.of(paypal(), paypalIpn(), standardWebhooks(), coinbase(), adyen());
    }

    private static Life paypal() {
        return Life.post(
                "paypal",
                "PAYMENT.CAPTURE.COMPLETED",
                List.of(
                        Step.post("PAYMENT.CAPTURE.PENDING"),
                        Step.post("PAYMENT.CAPTURE.COMPLETED"),
                        new Step("PAYMENT.CAPTURE.REFUNDED", 0, 1000),
                        Step.post("CUSTOMER.DISPUTE.CREATED"),
                        Step.post("CUSTOMER.DISPUTE.RESOLVED.buyer")),
                new End(EntitlementStatus.ENDED, AccessReason.DISPUTE_LOST, List.of("PARTIALLY_REFUNDED LOST")));
    }

    private static Life paypalIpn() {
        return Life.post(
                "paypal-ipn",
                "web_accept",
                List.of(
                        Step.post("web_accept.pending"),
                        Step.post("web_accept"),
                        new Step("refund", 0, 1000),
                        Step.post("new_case"),
                        Step.post("reversed")),
                new End(EntitlementStatus.SUSPENDED, AccessReason.DISPUTED, List.of("PARTIALLY_REFUNDED OPEN")));
    }

    private static Life standardWebhooks() {
        return Life.post(
                "standard-webhooks",
                "payment.succeeded",
                List.of(
                        Step.post("payment.failed"),
                        Step.post("payment.succeeded"),
                        new Step("refund.succeeded", 0, 1000),
                        Step.post("dispute.opened"),
                        Step.post("dispute.lost")),
                new End(EntitlementStatus.ENDED, AccessReason.DISPUTE_LOST, List.of("PARTIALLY_REFUNDED LOST")));
    }

    /** Paid too late; then the merchant accepted it by hand. */
    private static Life coinbase() {
        return Life.post(
                "coinbase",
                "charge:resolved",
                List.of(
                        Step.post("charge:created"),
                        Step.post("charge:pending"),
                        Step.post("charge:delayed"),
                        Step.post("charge:resolved")),
                new End(EntitlementStatus.ACTIVE, AccessReason.PAID, List.of("COMPLETED NONE")));
    }

    /** The merchant wins the dispute, and loses the second chargeback. */
    private static Life adyen() {
        return Life.post(
                "adyen",
                "AUTHORISATION",
                List.of(
                        Step.post("PENDING"),
                        Step.post("AUTHORISATION"),
                        Step.post("CAPTURE"),
                        new Step("REFUND", 0, 1000),
                        new Step("NOTIFICATION_OF_CHARGEBACK", 0, 1500),
                        new Step("CHARGEBACK", 0, 1500),
                        new Step("CHARGEBACK_REVERSED", 0, 1500),
                        new Step("SECOND_CHARGEBACK", 0, 1500)),
                new End(EntitlementStatus.ENDED, AccessReason.DISPUTE_LOST, List.of("PARTIALLY_REFUNDED LOST")));
    }
}
