package ipn.bench.alerts;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** A fault that is really made in a running pipeline, and what its runbook says to do. */
interface AlertFault {
    /** Alerts that only a burnt budget of a service level makes fire, for hours after what burnt it. */
    Set<String> BUDGETS = Set.of(
            "IpnAcknowledgementsFail",
            "IpnAcknowledgementsOftenFail",
            "IpnEntitlementsLate",
            "IpnEntitlementsOftenLate");

    /**
     * What is known of a fault.
     *
     * @param name in options
     * @param planted what is done, for people
     * @param expected at least one of these alerts must fire
     * @param also alerts that may fire as well, because they are true
     * @param runbook of the expected alert
     */
    record Known(String name, String planted, Set<String> expected, Set<String> also, String runbook) {}

    /**
     * The people of something that is not ours, such as a gateway.
     *
     * @param name how they are asked, such as {@code kafka}
     * @param answer what they say when they are asked
     */
    record Owner(String name, String answer) {}

    Known known();

    /** Who ends it, or knows more of it; empty: nobody but the engineer. */
    default Optional<Owner> owner() {
        return Optional.empty();
    }

    /** Does what the owner does who is asked. */
    default void end(Scene scene) throws IOException, InterruptedException {}

    void plant(Scene scene) throws IOException, InterruptedException, ExecutionException;

    /** Does what the runbook says: asks the owner, if no command is to be typed. */
    default void mend(Scene scene) throws IOException, InterruptedException, ExecutionException {
        end(scene);
        scene.transcript().did(owner().map(Owner::answer).orElseThrow());
    }

    /** How long to wait for an alert, with rules as deployed. */
    default Duration patience() {
        return Duration.ofMinutes(15);
    }
}
