package ipn.ingress;

import java.util.OptionalLong;

/**
 * A time in which notifications of an account were refused. It ends when notifications are acknowledged and none was refused for a while: until then, the
 * gateway may still send again what was refused first. Thread-safe.
 */
final class Refused {
    private final long quietMs;
    private long firstMs;
    private long lastMs;
    private volatile boolean open;
    private boolean acknowledged;

    /** @param quietMs it ends with the first acknowledgement, or question, so long after the last refusal */
    Refused(long quietMs) {
        this.quietMs = quietMs;
    }

    /**
     * One was refused.
     *
     * @return whether it is the first one of such a time
     */
    synchronized boolean note(long nowMs) {
        var begins = !open || isOver(nowMs);
        if (begins) {
            firstMs = nowMs;
            open = true;
        }
        lastMs = nowMs;
        acknowledged = false;
        return begins;
    }

    /** One was acknowledged. */
    void acknowledged() {
        if (open) { // almost never: read without the lock, because every notification does
            synchronized (this) {
                acknowledged = true;
            }
        }
    }

    private boolean isOver(long nowMs) {
        return acknowledged && nowMs - lastMs >= quietMs;
    }

    /** When the first one was refused; empty: none is, as far as is known. */
    synchronized OptionalLong since(long nowMs) {
        if (open && isOver(nowMs)) {
            open = false;
        }
        return open ? OptionalLong.of(firstMs) : OptionalLong.empty();
    }
}
