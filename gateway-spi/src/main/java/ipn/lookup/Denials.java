package ipn.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;

/** Keys, such as ids or URLs, that the gateway did not know lately. Bounded; thread-safe; has no clock. */
public final class Denials {
    private static final int KEYS_MAX = 4_096;

    private final Duration kept;
    private final Cache<String, Instant> until =
            Caffeine.newBuilder().maximumSize(KEYS_MAX).executor(Runnable::run).build();

    /** @param kept how long a key is remembered; short, because the gateway may know it later */
    public Denials(Duration kept) {
        this.kept = kept;
    }

    public boolean contains(String key, Instant now) {
        var end = until.getIfPresent(key);
        return end != null && now.isBefore(end);
    }

    public void add(String key, Instant now) {
        until.put(key, now.plus(kept));
    }
}
