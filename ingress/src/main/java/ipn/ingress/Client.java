package ipn.ingress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What one client address uses now. */
final class Client {
    private final ClientAddress address;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean proven;
    /** Connections and requests that refer to it; changed by {@link Clients} only. */
    private int uses;

    Client(ClientAddress address, boolean proven) {
        this.address = address;
        this.proven = proven;
    }

    ClientAddress address() {
        return address;
    }

    /** Whether it sent an authentic delivery within the last hour. */
    boolean isProven() {
        return proven;
    }

    void prove() {
        proven = true;
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
