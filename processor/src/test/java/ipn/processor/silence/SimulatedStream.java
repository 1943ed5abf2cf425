package ipn.processor.silence;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A stream of notifications with cycles of day and week, which come alone or in bursts.
 *
 * @param perDay notifications of a mean day
 * @param burst mean size of a burst; 1: they are independent
 * @param amplitude of the daily cycle, 0 to 1
 * @param weekend rate of Saturday and Sunday, of that of the other days
 * @param night the first hours of each day in which nothing comes
 */
record SimulatedStream(double perDay, double burst, double amplitude, double weekend, int night) {
    private static final double LONGEST_BUT_ONE_OF_A_HUNDRED = Math.log(100);
    private static final double WITHIN_BURST_MILLIS = 2_000;
    private static final int SATURDAY = 2; // 1970 began on a Thursday
    private static final long HORIZON = 60L * Hours.OF_DAY;

    /** One of any rate up to {@code perSecondMax}. */
    static SimulatedStream any(SplittableRandom random, double perSecondMax) {
        var perDay = Math.exp(random.nextDouble() * Math.log(perSecondMax * 86_400));
        var burst = random.nextBoolean() ? 1 : Math.min(perDay, 1 + random.nextDouble() * 9);
        return new SimulatedStream(
                perDay,
                burst,
                random.nextDouble() * 0.95,
                0.1 + random.nextDouble() * 0.9,
                random.nextInt(4) == 0 ? 6 : 0);
    }

    /** Notifications between two times, in order; the clocks of the payers are {@code ahead} of UTC. */
    long[] events(SplittableRandom random, long from, long to, Duration ahead) {
        var most = shapeMax() * perHour();
        var events = LongStream.builder();
        var at = (double) from;
        while (true) {
            at += exponential(random) / most * Hours.MILLIS;
            if (at >= to) {
                return Arrays.stream(events.build().toArray())
                        .filter(time -> time < to)
                        .sorted()
                        .toArray();
            }
            if (random.nextDouble() * most < burstsPerHour((long) at + ahead.toMillis())) {
                var time = at;
                events.add((long) time);
                while (random.nextDouble() > 1 / burst) {
                    time += exponential(random) * WITHIN_BURST_MILLIS;
                    events.add((long) time);
                }
            }
        }
    }

    /** Whoever begins to wait at this time waits longer in one case of a hundred. */
    long usualGap(long from) {
        var left = LONGEST_BUT_ONE_OF_A_HUNDRED;
        for (var at = from; at < from + HORIZON * Hours.MILLIS; ) {
            var next = (Hours.of(at) + 1) * Hours.MILLIS;
            var rate = burstsPerHour(at);
            var piece = rate * (next - at) / Hours.MILLIS;
            if (piece >= left) {
                return at + (long) (left / rate * Hours.MILLIS) - from;
            }
            left -= piece;
            at = next;
        }
        throw new IllegalStateException("nothing comes within 60 days");
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }

    /** Bursts in an hour of shape 1. */
    private double perHour() {
        var sum = 0.0;
        for (var hour = 0L; hour < Hours.OF_WEEK; hour++) {
            sum += shape(hour);
        }
        return perDay / burst / Hours.OF_DAY / (sum / Hours.OF_WEEK);
    }

    private double burstsPerHour(long millis) {
        return perHour() * shape(Hours.of(millis));
    }

    private double shape(long hour) {
        var ofDay = hour % Hours.OF_DAY;
        if (ofDay < night) {
            return 0;
        }
        var day = hour / Hours.OF_DAY % Hours.DAYS;
        var cycle = 1 + amplitude * Math.cos((ofDay - 15) * 2 * Math.PI / Hours.OF_DAY);
        return day == SATURDAY || day == SATURDAY + 1 ? cycle * weekend : cycle;
    }

    private double shapeMax() {
        return 1 + amplitude;
    }
}
