package ipn.bench.alerts;

import java.io.IOException;
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
    public void mend(Scene scene) throws IOException {
        scene.purchases().silence("");
        scene.transcript().did("the endpoint is enabled again at the gateway");
    }
}
