package ipn.bench.alerts;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The schema registry is away. A stage that runs knows the schemas it needs, so it is restarted, as by a deployment. */
final class RegistryAway implements AlertFault {
    @Override
    public Known known() {
        return new Known(
                "registry-away",
                "the schema registry refuses connections, and the processor is restarted",
                Set.of("IpnStageNotRunning", "IpnStageMissing", "IpnStageStalled", "IpnRecordsOld"),
                Set.of(
                        "IpnCanaryFails",
                        "IpnCanaryLoses",
                        "IpnCanarySlow",
                        "IpnThreadFailures",
                        "IpnEntitlementsLate",
                        "IpnEntitlementsOftenLate"),
                "stage-not-running.md");
    }

    @Override
    public void plant(Scene scene) throws IOException, InterruptedException {
        scene.registry().cut();
        scene.stages().processor().killAndRestart();
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(new Owner("registry", "the registry runs again"));
    }

    @Override
    public void end(Scene scene) {
        scene.registry().pass();
    }
}
