package ipn.projector.allocation;

import ipn.avro.PaymentState;
import ipn.topics.ByteLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** The payments that pay one key. */
final class PaidBy {
    /** More payments than any invoice is paid by. */
    static final int MAX = 256;
    /** So few are kept without counting their bytes: they fit, because a payment's state is bounded. */
    private static final int FEW = 3;
    /** Half of a stored value. */
    private static final int BYTES_MAX = ByteLimits.MESSAGE / 2;

    private static final Comparator<Map.Entry<String, PaymentState>> MOST_MONEY_FIRST = Comparator.comparing(
                    (Map.Entry<String, PaymentState> entry) -> money(entry.getValue()))
            .reversed()
            .thenComparing(Map.Entry::getKey);

    private PaidBy() {}

    /**
     * The newest state of each. Beyond {@value #MAX}, or more bytes than fit, those with the least money are left out, whichever came
     * first; then the price does not match.
     */
    static Map<String, PaymentState> after(Map<String, PaymentState> before, String payer, PaymentState state) {
        var all = new HashMap<>(before);
        all.put(payer, state);
        if (all.size() <= FEW) {
            return all;
        }
        var kept = new HashMap<String, PaymentState>();
        var bytes = 0;
        for (var entry : all.entrySet().stream().sorted(MOST_MONEY_FIRST).toList()) {
            var size = bytes(entry.getValue());
            if (kept.size() < MAX && bytes + size <= BYTES_MAX) {
                bytes += size;
                kept.put(entry.getKey(), entry.getValue());
            }
        }
        return kept;
    }

    private static int bytes(PaymentState state) {
        try {
            return state.toByteBuffer().remaining();
        } catch (IOException e) {
            throw new UncheckedIOException("a payment state cannot be written to memory", e);
        }
    }

    private static long money(PaymentState state) {
        return state.getTotals().stream()
                .mapToLong(totals -> Math.max(0, totals.getCaptured()))
                .max()
                .orElse(0);
    }
}
