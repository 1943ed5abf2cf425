package ipn.fact;

/**
 * An amount of money.
 *
 * @param minorUnits in the smallest unit of the currency by ISO 4217, 0 or more
 * @param currency ISO 4217 code, three capitals
 */
public record Money(long minorUnits, String currency) {
    public Money {
        if (minorUnits < 0) {
            throw new IllegalArgumentException(
                    "minorUnits: %s (expected: 0 or more)".formatted(Long.toString(minorUnits)));
        }
        if (!isCode(currency)) {
            throw new IllegalArgumentException("currency: not an ISO 4217 code (expected: three capitals)");
        }
    }

    /** Checked for each amount, so without a regular expression. */
    private static boolean isCode(String text) {
        return text.length() == 3
                && isCapital(text.charAt(0))
                && isCapital(text.charAt(1))
                && isCapital(text.charAt(2));
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
