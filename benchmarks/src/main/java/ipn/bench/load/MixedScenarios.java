package ipn.bench.load;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.PaymentStatus;

/**
 * The scenarios of {@link Scenarios}, with those of {@code paypal-ipn} replaced by ones of gateways that sign: to verify a message of that gateway the
 * ingress must ask the gateway, and a stand-in for it would be measured too.
 */
public record MixedScenarios(Scenarios scenarios) {
    private static final int KINDS = 20;

    public Scenario scenario(int number) {
        return switch (number % KINDS) {
            case 13 ->
                post(
                        number,
                        "razorpay",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.NONE,
                        0,
                        EntitlementStatus.ACTIVE,
                        "payment.authorized",
                        "payment.captured");
            case 14 ->
                post(
                        number,
                        "razorpay",
                        PaymentStatus.REFUNDED,
                        DisputeStatus.NONE,
                        2500,
                        EntitlementStatus.ENDED,
                        "payment.captured",
                        "refund.processed");
            case 15 ->
                post(
                        number,
                        "square",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.OPEN,
                        0,
                        EntitlementStatus.SUSPENDED,
                        "payment.updated",
                        "dispute.created");
            case 16 ->
                post(
                        number,
                        "square",
                        PaymentStatus.REFUNDED,
                        DisputeStatus.NONE,
                        2500,
                        EntitlementStatus.ENDED,
                        "payment.created",
                        "payment.updated",
                        "refund.updated");
            case 17 ->
                post(
                        number,
                        "paddle",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.NONE,
                        0,
                        EntitlementStatus.ACTIVE,
                        "transaction.created",
                        "transaction.completed");
            default -> scenarios.scenario(number);
        };
    }

    private Scenario post(
            int number,
            String gateway,
            PaymentStatus status,
            DisputeStatus dispute,
            long refunded,
            EntitlementStatus access,
            String... events) {
        return scenarios.post(number, gateway, status, dispute, refunded, access, events);
    }
}
