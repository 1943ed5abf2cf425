package ipn.bench.alerts;

import java.util.Optional;
import java.util.Set;

/** A gateway stops to send. */
final class GatewaySilent implements AlertFault {
    @Override
    public Known known() {
        return new Known(
                "gateway-silent",
                "razorpay sends nothing any more",
                Set.of("IpnGatewaySilent"),
                Set.of("IpnEventTypeSilent"),
                "gateway-silent.md");
    }

    @Override
    public void plant(Scene scene) {
        scene.purchases().silence("razorpay");
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(new Owner("razorpay", "the endpoint was disabled in the dashboard, and is enabled again"));
    }

    @Override
    public void end(Scene scene) {
        scene.purchases().silence("");
    }
}
