package ipn.ingress;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of all requests in flight, so that a slow Kafka fills neither the heap nor the producer's buffer. A client that has
 * not proven itself gets a share of its own, and all of them together leave a reserve for those that have.
 */
final class ByteBudget {
    /** For heads of requests beside the largest body. */
    private static final long HEADS = 64 * 1024;

    private final long max;
    private final long strangersMax;
    private final long strangerMax;
    private final AtomicLong reserved = new AtomicLong();

    /**
     * @param max bytes of all requests
     * @param bodyMax bytes of the largest body; one stranger may always send it
     */
    ByteBudget(long max, long bodyMax) {
        this.max = max;
        this.strangersMax = max / 4 * 3;
        this.strangerMax = Math.min(strangersMax, Math.max(max / 4, bodyMax + HEADS));
    }

    /** Reserves bytes for a client; false, and nothing is reserved, if that would exceed a limit. */
    boolean reserve(Client client, long bytes) {
        var all = reserved.addAndGet(bytes);
        var own = client.bytes().addAndGet(bytes);
        if (client.isProven() ? all <= max : all <= strangersMax && own <= strangerMax) {
            return true;
        }
        release(client, bytes);
        return false;
    }

    void release(Client client, long bytes) {
        client.bytes().addAndGet(-bytes);
        reserved.addAndGet(-bytes);
    }

    long reserved() {
        return reserved.get();
    }

    long max() {
        return max;
    }
}
