package ipn.bench.alerts;

import java.io.IOException;
import java.util.Set;

/** Many purchases are refunded at once. */
final class BrakeStorm implements AlertFault {
    private static final int REFUNDS = 400;
    private static final int PER_SECOND = 40;

    @Override
    public Known known() {
        return new Known(
                "brake",
                "400 purchases are refunded within 10 s; `brake.max` is %d".formatted(SceneFiles.BRAKE_MAX),
                Set.of("IpnBrakeEngaged"),
                Set.of(),
                "brake.md");
    }

    @Override
    public void plant(Scene scene) {
        scene.load().send(PER_SECOND, scene.purchases().refunds(REFUNDS));
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException {
        scene.transcript().ipn("brake", "status");
        scene.transcript().ipn("brake", "release", "--why", "the gateway confirmed the refunds");
    }
}
