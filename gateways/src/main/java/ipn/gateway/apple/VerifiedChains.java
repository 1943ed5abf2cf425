package ipn.gateway.apple;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Caches verified chains: validating one takes a few milliseconds, and Apple uses the same chain for years. Chains that fail
 * are not cached, so unauthenticated senders cannot fill the cache.
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

    private final Cache<String, Kept> kept = Caffeine.newBuilder()
            .maximumSize(CHAINS_MAX)
            .executor(Runnable::run) // or a bounded cache would grow until another thread evicts
            .build();

    /**
     * The signer at the end of a chain.
     *
     * @param at must lie within the validity of its certificates
     * @param verify validates the chain; called on a cache miss
     */
    Optional<Signer> get(String chain, Instant at, Instant now, Supplier<Optional<Signer>> verify) {
        var known = kept.getIfPresent(chain);
        if (known != null && known.counts(at, now)) {
            return Optional.of(known.signer());
        }
        var verified = verify.get();
        verified.ifPresent(signer -> kept.put(chain, new Kept(signer, now)));
        return verified;
    }

    long size() {
        kept.cleanUp();
        return kept.estimatedSize();
    }
}
