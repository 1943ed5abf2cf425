package ipn.projector.allocation;

import ipn.avro.PaymentState;
import ipn.projector.allocation.MostMoney.Kept;
import ipn.topics.EncodedSize;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** The payments that pay one key. */
final class PaidBy {
    /** More payments than any invoice is paid by. */
    static final int MAX = 256;
    /** So few are kept without counting their bytes: they fit, because a payment's state is bounded. */
    private static final int FEW = 3;

    private static final Comparator<Map.Entry<String, PaymentState>> MOST_MONEY_FIRST = Comparator.comparing(
                    (Map.Entry<String, PaymentState> entry) -> MostMoney.captured(entry.getValue()))
            .reversed()
            .thenComparing(Map.Entry::getKey);

    private PaidBy() {}

    /**
     * The newest state of each. Beyond {@value #MAX}, or more bytes than fit, those with the least money are left out, whichever came
     * first; then the price does not match.
     */
    static Kept<PaymentState> after(Map<String, PaymentState> before, String payer, PaymentState state) {
        var all = new HashMap<>(before);
        all.put(payer, state);
        if (all.size() <= FEW) {
            return Kept.all(all);
        }
        return MostMoney.keep(
                all.entrySet().stream().sorted(MOST_MONEY_FIRST).toList(),
                MAX,
                new EncodedSize(PaymentState.getClassSchema())::of);
    }
}
