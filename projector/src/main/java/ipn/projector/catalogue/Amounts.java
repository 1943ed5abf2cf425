package ipn.projector.catalogue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;

/** Amounts of money: for people, and split. */
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

    /**
     * The part of an amount that falls on {@code from} to {@code to} of {@code all}. The parts of consecutive ranges add up to the
     * amount exactly.
     *
     * @param all above zero
     */
    public static long part(long amount, long from, long to, long all) {
        return part(amount, to, all) - part(amount, from, all);
    }

    private static long part(long amount, long to, long all) {
        return BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(to))
                .divide(BigInteger.valueOf(all))
                .longValueExact();
    }

    private static int decimals(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
