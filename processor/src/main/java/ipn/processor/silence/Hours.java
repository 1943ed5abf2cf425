package ipn.processor.silence;

/** Hours since 1970, in UTC, and their place in a week. */
final class Hours {
    static final long MILLIS = 3_600_000;
    static final int OF_DAY = 24;
    static final int DAYS = 7;
    static final int OF_WEEK = OF_DAY * DAYS;

    private Hours() {}

    static long of(long millis) {
        return Math.floorDiv(millis, MILLIS);
    }

    static int ofWeek(long hour) {
        return (int) Math.floorMod(hour, (long) OF_WEEK);
    }
}
