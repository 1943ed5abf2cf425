package ipn.gateway.mollie;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.lookup.Denials;
import ipn.lookup.LookUps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Look-ups because of unsigned webhooks, within limits. Look-ups of one payment at the same time are not shared: the payment
 * may have changed between two webhooks.
 */
final class UnsignedLookUps {
    private static final Duration UNKNOWN_KEPT = Duration.ofSeconds(10);

    private final LookUps limits;
    private final Denials unknown = new Denials(UNKNOWN_KEPT);

    UnsignedLookUps(LookUps limits) {
        this.limits = limits;
    }

    /** Looks a payment up; the stage never fails. */
    CompletionStage<Verdict> ask(MollieApi api, String payment, Delivery delivery, Instant now) {
        if (unknown.contains(payment, now)) {
            return CompletableFuture.completedFuture(new Dismissed(Reason.DENIED_BY_GATEWAY));
        }
        return limits.ask(delivery.source(), true, now, () -> api.payment(payment, delivery.receivedAt()))
                .thenApply(look -> verdict(look, payment, delivery, now))
                .exceptionally(LookUps::verdict);
    }

    private Verdict verdict(MollieApi.Look look, String payment, Delivery delivery, Instant now) {
        if (look instanceof MollieApi.Look.Unknown failed) {
            return failed.verdict();
        }
        if (look instanceof MollieApi.Look.Found found) {
            limits.authentic(delivery.source(), now);
            return new Genuine("fetched", MollieApi.HOST, List.of(found.document()));
        }
        limits.denied(delivery.source(), now);
        unknown.add(payment, now);
        return new Dismissed(Reason.DENIED_BY_GATEWAY);
    }
}
