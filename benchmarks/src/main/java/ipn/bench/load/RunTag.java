package ipn.bench.load;

import java.time.Instant;

/** Parts of ids, so that runs and rounds do not share ids. */
public final class RunTag {
    private static final int RADIX = 36;

    private RunTag() {}

    /** Of this run: no other one that begins in another second has it. */
    public static String now() {
        return Long.toString(Instant.now().getEpochSecond(), RADIX);
    }

    /**
     * Of a round, always two characters.
     *
     * @param number of the round, below 936
     */
    public static String round(int number) {
        return String.valueOf((char) ('a' + number / RADIX)) + Character.forDigit(number % RADIX, RADIX);
    }
}
