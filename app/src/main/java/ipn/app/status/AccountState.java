package ipn.app.status;

import java.util.Optional;

/**
 * What the ingress knows of one account.
 *
 * @param lastSeconds since its newest notification; empty: none since the start of the ingress
 * @param perSecond acknowledged lately
 * @param acknowledged since the start, like {@code rejected} (401) and {@code unavailable} (503)
 * @param p99Seconds of a hundred responses, one took longer
 */
public record AccountState(
        String account,
        Optional<Double> lastSeconds,
        double perSecond,
        long acknowledged,
        long rejected,
        long unavailable,
        Optional<Double> p99Seconds) {}
