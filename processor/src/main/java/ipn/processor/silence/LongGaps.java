package ipn.processor.silence;

/**
 * The long gaps of a stream, measured by the notifications that usually come in such a time: a gap of a night and one of noon are then alike. How much
 * longer than a threshold they are falls exponentially; its mean says how irregular the stream is: 1 for independent notifications, more if they come
 * in bursts, less if they come by the clock.
 */
final class LongGaps {
    /** A stream may be called silent by mistake so often. */
    private static final double FALSE_ALARMS_PER_MONTH = 0.15;

    /** What is presumed of a stream counts as much as so many gaps, of mean 1. */
    private static final double PRESUMED = 3;

    /** What comes by the clock may be late: one that is missing is no silence. */
    private static final double LIMIT_MIN = 1;

    private static final double HOURS_OF_MONTH = 30.0 * Hours.OF_DAY;
    private static final double KEPT_PER_HOUR = Math.pow(UsualRates.KEPT_PER_WEEK, 1.0 / Hours.OF_WEEK);

    private double count;
    private double excess;
    private double hours;

    /**
     * What it knows.
     *
     * @param count long gaps; old ones count less, like hours
     * @param excess sum of what they were longer than the threshold
     * @param hours in which they were
     */
    record Known(double count, double excess, double hours) {}

    void restore(Known known) {
        count = known.count();
        excess = known.excess();
        hours = known.hours();
    }

    Known known() {
        return new Known(count, excess, hours);
    }

    void hourPasses() {
        count *= KEPT_PER_HOUR;
        excess *= KEPT_PER_HOUR;
        hours = hours * KEPT_PER_HOUR + 1;
    }

    /** A silence ended that was longer than the threshold. One that was called unusual counts as one at the limit, so that it changes little. */
    void add(double longer) {
        var most = limit();
        count++;
        excess += Math.min(longer, most);
    }

    /** Of what they are longer than the threshold: how many notifications come together. */
    double mean() {
        return (PRESUMED + excess) / (PRESUMED + count);
    }

    /** A silence that is longer than the threshold by more is unusual. */
    double limit() {
        var perMonth = (count + 1) / Math.max(hours, Hours.OF_WEEK) * HOURS_OF_MONTH;
        return Math.max(LIMIT_MIN, mean() * Math.max(1, Math.log(perMonth / FALSE_ALARMS_PER_MONTH)));
    }
}
