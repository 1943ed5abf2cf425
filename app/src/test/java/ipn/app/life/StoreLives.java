package ipn.app.life;

import ipn.app.life.Life.End;
import ipn.app.life.Life.Step;
import ipn.avro.AccessReason;
import ipn.avro.EntitlementStatus;
import java.util.List;
import java.util.stream.Stream;

/** Lives in app stores: a renewal fails, recovers, and is refunded in full; the first month has ended by then. */
final class StoreLives {
    private StoreLives() {}

    static Stream<Life> all() {
        return Stream.of(apple(), googlePlay());
    }

    private static Life apple() {
        return Life.premium(
                "apple",
                "SUBSCRIBED.INITIAL_BUY",
                List.of(
                        Step.month(0, "SUBSCRIBED.INITIAL_BUY"),
                        Step.month(0, "DID_FAIL_TO_RENEW.GRACE_PERIOD"),
                        Step.month(1, "DID_RENEW.BILLING_RECOVERY"),
                        Step.month(1, "CONSUMPTION_REQUEST"),
                        Step.month(1, "REFUND")),
                new End(EntitlementStatus.ENDED, AccessReason.RAN_OUT, List.of("PARTIALLY_REFUNDED NONE")));
    }

    /** Notifications carry no amount: it is in the orders that are fetched. */
    private static Life googlePlay() {
        return Life.premium(
                "google-play",
                "SUBSCRIPTION_PURCHASED",
                List.of(
                        Step.month(0, "SUBSCRIPTION_PURCHASED"),
                        Step.month(0, "SUBSCRIPTION_CANCELED"),
                        Step.month(0, "SUBSCRIPTION_RESTARTED"),
                        Step.month(0, "SUBSCRIPTION_IN_GRACE_PERIOD"),
                        Step.month(0, "SUBSCRIPTION_ON_HOLD"),
                        Step.month(1, "SUBSCRIPTION_RECOVERED"),
                        Step.month(1, "VOIDED_PURCHASE.subscription"),
                        Step.month(1, "SUBSCRIPTION_REVOKED")),
                new End(EntitlementStatus.ENDED, AccessReason.RAN_OUT, List.of("PARTIALLY_REFUNDED NONE")));
    }
}
