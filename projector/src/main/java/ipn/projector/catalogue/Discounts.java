package ipn.projector.catalogue;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which discounts of the gateway (coupons, offers) a product may be sold with.
 *
 * @param percentMax of the price, 0 to 100
 */
public record Discounts(int percentMax) {
    public static final Discounts ANY = new Discounts(100);
    public static final Discounts NONE = new Discounts(0);

    private static final Pattern UP_TO = Pattern.compile("up-to ([1-9][0-9]?)%");

    /** Reads {@code any}, {@code none} or {@code up-to 50%}; empty: it is none of these. */
    static Optional<Discounts> parse(String text) {
        if (text.equals("any")) {
            return Optional.of(ANY);
        }
        if (text.equals("none")) {
            return Optional.of(NONE);
        }
        var matcher = UP_TO.matcher(text);
        return matcher.matches() ? Optional.of(new Discounts(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }

    /** Whether a discount of this amount is permitted. */
    public boolean permits(long discount, long amount) {
        return BigInteger.valueOf(discount)
                        .multiply(BigInteger.valueOf(100))
                        .compareTo(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(percentMax)))
                <= 0;
    }

    /** Whether a discount whose amount the gateway does not report is permitted. */
    public boolean permitsUnknown() {
        return percentMax == 100;
    }

    @Override
    public String toString() {
        return percentMax == 100 ? "any" : percentMax == 0 ? "none" : "up-to " + percentMax + "%";
    }
}
