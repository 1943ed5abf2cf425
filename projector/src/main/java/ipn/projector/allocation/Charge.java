package ipn.projector.allocation;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Money that was taken: by a payment that stands alone, or with one bill.
 *
 * @param name what claims and discrepancies about it go by
 * @param paymentKey where it was taken
 * @param subscription payment key of the subscription it is a period of; empty: none
 * @param at when what it pays for begins, by the gateway's clock
 * @param paid minor units, above zero
 * @param standing PAID, or why it does not count
 */
public record Charge(
        String name,
        String paymentKey,
        Optional<String> subscription,
        Instant at,
        long paid,
        String currency,
        String standing) {
    /** Does not depend on what came first. */
    public static final Comparator<Charge> EARLIEST_FIRST =
            Comparator.comparing(Charge::at).thenComparing(Charge::name);

    /** True where the money went back. */
    public boolean gone() {
        return Reversals.tookBack(standing);
    }
}
