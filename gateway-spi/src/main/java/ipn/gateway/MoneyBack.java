package ipn.gateway;

import java.util.List;
import java.util.Locale;

/** Types of events about money that goes back, by their names: those of nearly all gateways say so. */
final class MoneyBack {
    /** Paddle adjusts transactions, and PayPal opens cases. */
    private static final List<String> WORDS =
            List.of("refund", "dispute", "chargeback", "revers", "fraud", "adjustment", "new_case");

    private MoneyBack() {}

    static boolean names(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }
}
