package ipn.app.output;

import ipn.projector.catalogue.Amounts;
import java.math.BigDecimal;
import java.util.Currency;

/** Formats and parses amounts, such as {@code 8.00 USD}. */
public final class Amount {
    private Amount() {}

    /** With the currency: {@code 8.00 USD}. */
    public static String shown(long minorUnits, String currency) {
        return Amounts.format(minorUnits, currency);
    }

    /** Without the currency: {@code 8.00}. */
    public static String decimal(long minorUnits, String currency) {
        return Amounts.decimal(minorUnits, currency);
    }

    /** The minor units of a decimal such as {@code 8.00}. */
    public static long minorUnits(BigDecimal decimal, String currency) {
        return decimal.movePointRight(digits(currency)).longValueExact();
    }

    /** The number of decimals of a currency; 0 where the JDK does not know it. */
    public static int exponent(String currency) {
        try {
            return digits(currency);
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
