package ipn.projector.settlement;

import java.math.BigDecimal;
import java.util.Currency;

/** Amounts of money for people. */
public final class Amounts {
    private Amounts() {}

    /** Such as {@code 8.00 USD}; whole minor units where the JDK does not know the currency. */
    public static String shown(long minorUnits, String currency) {
        return BigDecimal.valueOf(minorUnits, decimals(currency)).toPlainString() + " " + currency;
    }

    private static int decimals(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
