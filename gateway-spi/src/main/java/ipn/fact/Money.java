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
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency: not an ISO 4217 code (expected: three capitals)");
        }
    }
}
