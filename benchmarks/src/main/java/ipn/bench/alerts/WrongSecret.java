package ipn.bench.alerts;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** A secret was rotated at the gateway, and not here. */
final class WrongSecret implements AlertFault {
    private static final String ROTATED = "whsec_ROTATED_test_only_protects_nothing";

    @Override
    public Known known() {
        return new Known(
                "wrong-secret",
                "stripe signs with another secret: its notifications get 401",
                Set.of("IpnSignaturesRejected"),
                Set.of("IpnGatewaySilent"),
                "rejected-signatures.md");
    }

    @Override
    public void plant(Scene scene) {
        scene.purchases().signWith("stripe", ROTATED);
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(
                new Owner("stripe", "the signing secret of the endpoint was rotated; the new one is " + ROTATED));
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException {
        scene.files().addStripeSecret(ROTATED);
        scene.transcript().did("the new secret is put first in the settings, the old one gets an end");
        scene.transcript().ipn("config", "check", scene.files().settings().toString());
    }
}
