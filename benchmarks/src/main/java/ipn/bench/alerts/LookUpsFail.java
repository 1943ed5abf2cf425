package ipn.bench.alerts;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A gateway that must be asked whether a notification is authentic does not answer. */
final class LookUpsFail implements AlertFault {
    @Override
    public Known known() {
        var also = new HashSet<>(BUDGETS);
        also.add("IpnGatewaySilent");
        return new Known(
                "look-ups-failing",
                "paypal-ipn does not answer the question whether a notification is authentic: connections stay open, nothing arrives",
                Set.of("IpnUnavailableResponses"),
                Set.copyOf(also),
                "ingress-503.md");
    }

    @Override
    public void plant(Scene scene) {
        scene.standIn().hold();
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(new Owner("paypal-ipn", "our servers answer again"));
    }

    @Override
    public void end(Scene scene) {
        scene.standIn().pass();
    }
}
