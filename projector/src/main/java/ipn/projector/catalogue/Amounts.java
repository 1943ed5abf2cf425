package ipn.projector.catalogue;

import java.math.BigDecimal;
import java.util.Currency;

/** Amounts of money for people. */
public final class Amounts {
    private Amounts() {}

    /** Such as {@code 8.00 USD}; whole minor units where the JDK does not know the currency. */
    public static String format(long minorUnits, String currency) {
        return decimal(minorUnits, currency) + " " + currency;
    }

    /** The same where the currency stands beside it: {@code 8.00}. */
    public static String decimal(long minorUnits, String currency) {
        return BigDecimal.valueOf(minorUnits, decimals(currency)).toPlainString();
    }

    private static int decimals(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
