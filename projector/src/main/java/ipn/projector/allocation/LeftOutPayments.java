package ipn.projector.allocation;

import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.key.ChargeKey;
import ipn.key.PaymentKey;
import ipn.projector.allocation.MatchResult.OpenDiscrepancy;
import ipn.projector.allocation.MostMoney.Kept;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A payment that is left out of a state, because there are too many, is a discrepancy. It is not kept in that state, which has no room:
 * it is emitted each time the payment is left out, and closed when the payment is kept after all or no longer belongs there.
 *
 * @param references whom and what the payments are for
 * @param policyVersion of the newest catalogue
 * @param max how many are kept
 */
public record LeftOutPayments(DiscrepancyChanges changes, References references, String policyVersion, int max) {

    /**
     * What to emit after one payment has changed.
     *
     * @param before the payments kept before
     * @param any whether a payment was ever left out of this state
     * @param payer key of the payment that has changed
     */
    public <V> List<Discrepancy> changed(Map<String, V> before, boolean any, String payer, Kept<V> kept) {
        var opened = new TreeSet<>(kept.leftOut()).stream().map(this::open);
        var closes = any && !before.containsKey(payer) && !kept.leftOut().contains(payer);
        var closed = closes ? Stream.of(changes.closed(open(payer))) : Stream.<Discrepancy>empty();
        return Stream.concat(closed, opened).toList();
    }

    private Discrepancy open(String payer) {
        var payment = PaymentKey.parse(payer);
        var mismatch = Mismatch.ofCharge(
                DiscrepancyKind.TOO_MANY_PAYMENTS,
                ChargeKey.whole(payment),
                "at most %d payments, of %d KiB in all".formatted(max, MostMoney.BYTES_MAX / 1024),
                "one more, with less money than those kept");
        return changes.opened(new OpenDiscrepancy(mismatch, Optional.of(payment), references, policyVersion));
    }
}
