package ipn.processor.silence;

import java.util.Arrays;
import java.util.List;

/**
 * How many notifications usually come in each hour of the week. The newest weeks count most. An hour that has few is estimated from its day of the
 * week and its hour of the day (shrinkage), as in {@code overall × hour of the day × day of the week}.
 *
 * <p>What is expected in an hour is the least of it and its two neighbours: a summer time that begins or ends moves the week by an hour, and no
 * stream begins its day on the minute.
 */
final class UsualRates {
    /** Of what was learned in a week, so much counts a week later: four weeks count about as much as all before. */
    static final double KEPT_PER_WEEK = 0.8;

    /** For an hour of the day and a day of the week, the overall rate counts as much as so many notifications. */
    private static final double OVERALL_COUNTS = 2;

    /** For an hour of the week, its estimate counts as much as so many independent notifications; those in bursts say less. */
    private static final double ESTIMATE_COUNTS = 30;

    /** Expectations do not reach further. */
    static final long LONGEST = 21L * Hours.OF_DAY * Hours.MILLIS;

    private final double[] counts = new double[Hours.OF_WEEK];
    private final double[] hours = new double[Hours.OF_WEEK];
    private double[] expected = new double[0];
    private double burst = 1;

    /** Takes over what was learned before. */
    void restore(List<Double> learnedCounts, List<Double> learnedHours) {
        for (var cell = 0; cell < Hours.OF_WEEK; cell++) {
            counts[cell] = learnedCounts.get(cell);
            hours[cell] = learnedHours.get(cell);
        }
        expected = new double[0];
    }

    List<Double> counts() {
        return Arrays.stream(counts).boxed().toList();
    }

    List<Double> hours() {
        return Arrays.stream(hours).boxed().toList();
    }

    /** One hour had so many. */
    void learn(long hour, long count) {
        var cell = Hours.ofWeek(hour);
        counts[cell] = counts[cell] * KEPT_PER_WEEK + count;
        hours[cell] = hours[cell] * KEPT_PER_WEEK + 1;
        expected = new double[0];
    }

    /** How many notifications come together, as far as is known. */
    void comeInBurstsOf(double notifications) {
        burst = notifications;
        expected = new double[0];
    }

    /** The notifications it was learned from; old ones count less. */
    double total() {
        return Arrays.stream(counts).sum();
    }

    /** How many usually come between two times. */
    double expected(long from, long to) {
        var sum = 0.0;
        var end = Math.min(to, from + LONGEST);
        for (var at = from; at < end; ) {
            var next = Math.min(end, (Hours.of(at) + 1) * Hours.MILLIS);
            sum += perHour(at) * (next - at) / Hours.MILLIS;
            at = next;
        }
        return sum;
    }

    /** When so many usually have come; at most {@link #LONGEST} later. */
    long after(long from, double amount) {
        var left = amount;
        for (var at = from; at < from + LONGEST; ) {
            var next = (Hours.of(at) + 1) * Hours.MILLIS;
            var perHour = perHour(at);
            var piece = perHour * (next - at) / Hours.MILLIS;
            if (piece >= left && perHour > 0) {
                return at + (long) Math.ceil(left / perHour * Hours.MILLIS);
            }
            left -= piece;
            at = next;
        }
        return from + LONGEST;
    }

    private double perHour(long millis) {
        if (expected.length == 0) {
            expected = leastOfNeighbours(estimates());
        }
        return expected[Hours.ofWeek(Hours.of(millis))];
    }

    private static double[] leastOfNeighbours(double[] rates) {
        var least = new double[rates.length];
        for (var cell = 0; cell < rates.length; cell++) {
            var before = rates[Hours.ofWeek(cell - 1L)];
            var after = rates[Hours.ofWeek(cell + 1L)];
            least[cell] = Math.min(rates[cell], Math.min(before, after));
        }
        return least;
    }

    private double[] estimates() {
        var rates = new double[Hours.OF_WEEK];
        var allHours = Arrays.stream(hours).sum();
        var overall = allHours == 0 ? 0 : total() / allHours;
        if (overall == 0) {
            return rates;
        }
        var ofDay = new Sums(Hours.OF_DAY);
        var ofWeek = new Sums(Hours.DAYS);
        for (var cell = 0; cell < Hours.OF_WEEK; cell++) {
            ofDay.add(cell % Hours.OF_DAY, counts[cell], hours[cell]);
            ofWeek.add(cell / Hours.OF_DAY, counts[cell], hours[cell]);
        }
        for (var cell = 0; cell < Hours.OF_WEEK; cell++) {
            var byHour = ofDay.shrunk(cell % Hours.OF_DAY, overall);
            var byDay = ofWeek.shrunk(cell / Hours.OF_DAY, overall);
            rates[cell] = shrunk(counts[cell], hours[cell], byHour * byDay / overall, ESTIMATE_COUNTS * dispersion());
        }
        return rates;
    }

    /** The variance of counts of bursts of random size, of that of independent notifications. */
    private double dispersion() {
        return Math.max(1, 2 * burst - 1);
    }

    private static double shrunk(double count, double hours, double estimate, double weight) {
        return (count + weight) / (hours + weight / estimate);
    }

    private static final class Sums {
        private final double[] counts;
        private final double[] hours;

        Sums(int size) {
            counts = new double[size];
            hours = new double[size];
        }

        void add(int at, double count, double time) {
            counts[at] += count;
            hours[at] += time;
        }

        double shrunk(int at, double overall) {
            return UsualRates.shrunk(counts[at], hours[at], overall, OVERALL_COUNTS);
        }
    }
}
