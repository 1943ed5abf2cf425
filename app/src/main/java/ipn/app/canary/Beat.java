package ipn.app.canary;

import java.util.Optional;

/**
 * What became of one notification.
 *
 * @param status HTTP status of the ingress; 0: no answer
 * @param acknowledgedMs from sending to the answer
 * @param entitledMs from sending until the changed entitlement can be read; empty: it could not in time
 * @param problem what is wrong, for people; empty: nothing
 */
public record Beat(
        String eventKey,
        String subject,
        int status,
        long acknowledgedMs,
        Optional<Long> entitledMs,
        Optional<String> problem) {
    /** Whether it went all the way. */
    public boolean isWell() {
        return problem.isEmpty();
    }
}
