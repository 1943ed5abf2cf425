package ipn.gateway.apple;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers chains that were believed: following one costs a few milliseconds, and Apple uses the same for years. Those that
 * were not believed are forgotten at once, so strangers cannot fill it.
 */
final class VerifiedChains {
    /** As long as Apple's own library. */
    static final Duration KEPT = Duration.ofMinutes(15);

    static final int CHAINS_MAX = 16;

    private record Kept(Signer signer, Instant since) {
        boolean counts(Instant at, Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(KEPT)) && signer.validAt(at);
        }
    }

    private final Map<String, Kept> kept = new LinkedHashMap<>(CHAINS_MAX, 0.75F, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > CHAINS_MAX;
        }
    };

    /**
     * The signer at the end of a chain.
     *
     * @param at must lie within the validity of its certificates
     * @param verify follows the chain; asked where nothing is remembered
     */
    Optional<Signer> get(String chain, Instant at, Instant now, Supplier<Optional<Signer>> verify) {
        synchronized (kept) {
            var known = kept.get(chain);
            if (known != null && known.counts(at, now)) {
                return Optional.of(known.signer());
            }
        }
        var verified = verify.get();
        verified.ifPresent(signer -> {
            synchronized (kept) {
                kept.put(chain, new Kept(signer, now));
            }
        });
        return verified;
    }

    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }
}
