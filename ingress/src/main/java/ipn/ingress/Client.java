package ipn.ingress;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What one client address uses now. */
final class Client {
    private static final long NOTED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ClientAddress address;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean proven;
    private volatile long notedAt;
    /** Connections and requests that refer to it; changed by {@link Clients} only. */
    private int uses;

    Client(ClientAddress address, boolean proven) {
        this.address = address;
        this.proven = proven;
        this.notedAt = System.nanoTime() - NOTED_NANOS;
    }

    ClientAddress address() {
        return address;
    }

    /** Whether it sent an authentic delivery within the last hour. */
    boolean isProven() {
        return proven;
    }

    /**
     * Notes an authentic delivery.
     *
     * @param now by {@link System#nanoTime()}
     * @return whether its address is to be noted: it was not within the last minute
     */
    boolean prove(long now) {
        if (proven && now - notedAt < NOTED_NANOS) {
            return false;
        }
        proven = true;
        notedAt = now;
        return true;
    }

    AtomicInteger connections() {
        return connections;
    }

    AtomicLong bytes() {
        return bytes;
    }

    /** Adds to the count of uses, and returns it. */
    int use(int change) {
        uses += change;
        return uses;
    }
}
