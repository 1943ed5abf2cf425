package ipn.ingress;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all requests being served, so that a slow Kafka fills neither the heap nor the producer's buffer. */
final class ByteBudget {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    ByteBudget(long max) {
        this.max = max;
    }

    /** False, and nothing is taken, where it would go over the limit. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= max) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }

    long max() {
        return max;
    }
}
