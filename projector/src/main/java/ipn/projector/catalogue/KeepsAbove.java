package ipn.projector.catalogue;

import java.math.BigInteger;

/**
 * How much of what was paid must remain, after refunds and lost disputes, so that access lasts. Nothing that remains is never
 * enough.
 *
 * @param percent of what was paid, 0 to 100; 0: any part is enough
 */
public record KeepsAbove(int percent) {
    /** Any part that remains is enough. */
    public static final KeepsAbove ANY = new KeepsAbove(0);
    /** Less than half may remain: merchants refund up to three fifths as a reduction of the price. */
    public static final KeepsAbove DEFAULT = new KeepsAbove(40);

    private static final int WHOLE = 100;

    /**
     * Whether enough remains. Exact for any amounts.
     *
     * @param paid minor units, 0 or more
     * @param back minor units refunded or lost
     */
    public boolean isEnough(long paid, long back) {
        return back == 0 || back < paid && times(paid - back, WHOLE).compareTo(times(paid, percent)) >= 0;
    }

    private static BigInteger times(long amount, int percent) {
        return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(percent));
    }
}
