package ipn.ingress;

import ipn.gateway.RateLimit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the log lines of refused requests, because strangers cause them. Those without a line are counted, and the next line says
 * how many they were: lines and counts add up to all refused requests.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger("ipn.ingress.requests");
    private static final int PER_SECOND = 10;
    private static final int BURST = 100;

    private final RateLimit limit = new RateLimit(PER_SECOND, BURST, System.nanoTime());
    private final AtomicLong suppressed = new AtomicLong();

    /** Whether a refused request gets a line of its own; counts it if not. */
    boolean allowsLine() {
        if (limit.allows(System.nanoTime())) {
            return true;
        }
        suppressed.incrementAndGet();
        return false;
    }

    /** Requests without a line since the last call. */
    long takeSuppressed() {
        return suppressed.getAndSet(0);
    }

    /** Writes the count of requests without a line, if there are any. */
    void flush() {
        var count = takeSuppressed();
        if (count > 0) {
            LOG.atInfo().addKeyValue("suppressed", count).log("Requests refused without a line of their own");
        }
    }
}
