package ipn.gateway.content;

import ipn.fact.Money;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Converts a gateway's amounts to exact minor units. Gateways differ from ISO 4217 for some currencies, so each gateway has its
 * own exponent table; the result is always in the minor units of ISO 4217.
 *
 * @param exponents number of decimals by currency code, for currencies where the gateway differs from ISO 4217
 */
public record Amounts(Map<String, Integer> exponents) {
    /** Uses the exponents of ISO 4217 for every currency. */
    public static final Amounts ISO = new Amounts(Map.of());

    /** 10^14 minor units: more than any payment, and sums do not overflow. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf(100_000_000_000_000L);

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,6})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

    /** Maximum number of digits before and after the decimal point. */
    private static final int DIGITS_MAX = 20;

    public Amounts {
        exponents = Map.copyOf(exponents);
    }

    /**
     * Converts an amount in the gateway's smallest unit.
     *
     * @throws RefusedException INVALID_AMOUNT, UNKNOWN_CURRENCY or WRONG_EXPONENT
     */
    public Money ofUnits(BigDecimal units, String currency, String where) {
        var code = currency(currency, where);
        bounded(units, where);
        return ofMajor(
                units.movePointLeft(exponent(code)),
                code,
                where,
                units.stripTrailingZeros().scale() > 0);
    }

    /**
     * Converts an amount in the main unit, given as decimal text such as {@code 25.00}.
     *
     * @throws RefusedException INVALID_AMOUNT, UNKNOWN_CURRENCY or WRONG_EXPONENT
     */
    public Money ofDecimal(String decimal, String currency, String where) {
        var code = currency(currency, where);
        if (!DECIMAL.matcher(decimal).matches()) {
            throw new RefusedException(Reason.INVALID_AMOUNT, where + ": not a decimal such as 25.00");
        }
        return ofMain(new BigDecimal(decimal), code, where);
    }

    /**
     * Converts an amount in the main unit, given as a number such as 25.00.
     *
     * @throws RefusedException INVALID_AMOUNT, UNKNOWN_CURRENCY or WRONG_EXPONENT
     */
    public Money ofMain(BigDecimal value, String currency, String where) {
        var code = currency(currency, where);
        bounded(value, where);
        return ofMajor(value, code, where, value.stripTrailingZeros().scale() > exponent(code));
    }

    /** The number of decimals that this gateway uses for a currency. */
    public int exponent(String currency) {
        return exponents.getOrDefault(currency, isoExponent(currency));
    }

    /** Must run before any arithmetic: expanding a short number such as 1E1000000000 fills the memory. */
    private static void bounded(BigDecimal value, String where) {
        var digitsBeforePoint = (long) value.precision() - value.scale();
        if (digitsBeforePoint > DIGITS_MAX || value.scale() > DIGITS_MAX) {
            throw new RefusedException(Reason.INVALID_AMOUNT, where + ": out of range (expected: a real amount)");
        }
    }

    private static Money ofMajor(BigDecimal major, String currency, String where, boolean tooFine) {
        var minor = major.movePointRight(isoExponent(currency)).stripTrailingZeros();
        if (minor.signum() < 0 || minor.compareTo(LARGEST) > 0) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, where + ": out of range (expected: 0 up to 10^14 minor units)");
        }
        if (tooFine || minor.scale() > 0) {
            throw new RefusedException(Reason.WRONG_EXPONENT, where + ": more decimals than " + currency + " has");
        }
        return new Money(minor.longValueExact(), currency);
    }

    private static String currency(String text, String where) {
        var code = text.toUpperCase(Locale.ROOT);
        try {
            // XXX means "no currency", XTS is reserved for testing: no gateway accepts payments in them
            if (CURRENCY.matcher(text).matches() && !code.equals("XXX") && !code.equals("XTS")) {
                if (Currency.getInstance(code).getDefaultFractionDigits() >= 0) {
                    return code;
                }
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new RefusedException(Reason.UNKNOWN_CURRENCY, where + ": not a currency of ISO 4217");
    }

    private static int isoExponent(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }
}
