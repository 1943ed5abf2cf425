package ipn.projector.notification;

import org.jspecify.annotations.Nullable;

/** A payment key says through which gateway it was paid. */
final class Gateways {
    private Gateways() {}

    static @Nullable String of(@Nullable String paymentKey) {
        return paymentKey == null ? null : paymentKey.split("/", 2)[0];
    }
}
