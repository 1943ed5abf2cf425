package ipn.projector.catalogue;

import java.math.BigInteger;

/**
 * How far an amount may lie from what was expected and still match, in whole percent of what was expected.
 *
 * @param under 0 to 100
 * @param over 0 to 100: room for tax that a gateway adds
 */
public record Tolerance(int under, int over) {
    public static final Tolerance NONE = new Tolerance(0, 0);

    private static final int PERCENT = 100;

    /** Below zero: too little was paid; above: too much; zero: it matches. Exact for any amounts. */
    public int compare(long paid, long expected) {
        if (less(paid, expected, PERCENT - under)) {
            return -1;
        }
        return less(expected, PERCENT + over, paid) ? 1 : 0;
    }

    /** 100 paid < expected * percent */
    private static boolean less(long paid, long expected, int percent) {
        return times(paid, PERCENT).compareTo(times(expected, percent)) < 0;
    }

    /** expected * percent < 100 paid */
    private static boolean less(long expected, int percent, long paid) {
        return times(expected, percent).compareTo(times(paid, PERCENT)) < 0;
    }

    private static BigInteger times(long amount, int percent) {
        return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(percent));
    }
}
