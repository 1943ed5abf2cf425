package ipn.ingress;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all requests in flight, so that a slow Kafka fills neither the heap nor the producer's buffer. */
final class ByteBudget {
    private final long max;
    private final AtomicLong reserved = new AtomicLong();

    ByteBudget(long max) {
        this.max = max;
    }

    /** Reserves bytes; false, and nothing is reserved, if that would exceed the limit. */
    boolean reserve(long bytes) {
        if (reserved.addAndGet(bytes) <= max) {
            return true;
        }
        reserved.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    long reserved() {
        return reserved.get();
    }

    long max() {
        return max;
    }
}
