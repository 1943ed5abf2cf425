package ipn.ingress.admission;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How many notifications may wait for Kafka at once, so that they wait hardly longer than Kafka needs and a target: as many as Kafka
 * stores in that time (Little's law). Both are measured: the rate is the greatest of the last second, so that a pause does not
 * lower it; the time that Kafka needs is the least that any notification waited lately while few waited, because under overload it
 * contains the queue.
 *
 * <p>The limit is in force only while the queue stands: from when more waited during a whole window, until half as many did and
 * nobody was refused. A burst may be larger.
 */
final class WaitingLimit {
    /** So many may always wait: a slow Kafka with few notifications is not an overload, and their work is done soon. */
    static final int LEAST = 256;
    /** As many as the queue before the producer takes. */
    static final int MOST = 16_384;

    /** Times the rate it must be less than clients have connections, because on each only one waits: or nothing is ever refused (decision 049). */
    private static final long TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** More than this is no property of Kafka, but an outage. */
    private static final long KAFKA_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

    private static final int RATES = 10;
    private static final int TIMES = 100;

    private final double[] perNano = new double[RATES];
    private final long[] kafkaNanos = new long[TIMES];
    private long windows;
    private long times;
    private boolean inForce;

    /**
     * What was measured in a tenth of a second.
     *
     * @param nanos its length
     * @param stored notifications
     * @param leastNanos the shortest time that one of them waited
     * @param leastWaiting the least number that waited at once
     * @param refused whether anybody was refused
     */
    record Window(long nanos, long stored, long leastNanos, int leastWaiting, boolean refused) {}

    /** How many may wait after a further window. */
    int next(Window window) {
        perNano[(int) (windows++ % RATES)] = window.stored() / (double) window.nanos();
        if (window.stored() > 0 && window.leastWaiting() <= LEAST) {
            kafkaNanos[(int) (times++ % TIMES)] = Math.min(window.leastNanos(), KAFKA_NANOS_MAX);
        }
        var rate = Arrays.stream(perNano).max().orElse(0);
        var limit = (int) Math.max(LEAST, Math.min(MOST, rate * (kafkaNanos() + TARGET_NANOS)));
        if (window.leastWaiting() >= limit) {
            inForce = true;
        } else if (!window.refused() && window.leastWaiting() < limit / 2) {
            inForce = false;
        }
        return inForce ? limit : MOST;
    }

    private long kafkaNanos() {
        return Arrays.stream(kafkaNanos, 0, (int) Math.min(times, TIMES)).min().orElse(0);
    }
}
