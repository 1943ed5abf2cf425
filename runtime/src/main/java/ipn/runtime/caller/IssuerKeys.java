package ipn.runtime.caller;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer. They are fetched again after a while, and when a token names one that is not among them, but seldom, whatever
 * tokens arrive. While the issuer is away those are used that were fetched last. Thread-safe; may block.
 */
final class IssuerKeys {
    private static final long FRESH_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long OUTAGE_NANOS = Duration.ofHours(4).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();
    /** While there are no keys yet. */
    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int FETCH_MILLIS = 2_000;
    private static final int BYTES_MAX = 256 * 1024;

    private final DefaultResourceRetriever retriever =
            new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, BYTES_MAX);
    private final URI url;
    private final LongSupplier nanoTime;
    private @Nullable JWKSet keys;
    private long fetchedAt;
    private long triedAt;

    /** @param nanoTime such as {@code System::nanoTime} */
    IssuerKeys(URI url, LongSupplier nanoTime) {
        this.url = url;
        this.nanoTime = nanoTime;
        triedAt = nanoTime.getAsLong() - PAUSE_NANOS;
    }

    /**
     * The key with this id; empty: the issuer has none.
     *
     * @throws RefusedException if the keys cannot be fetched
     */
    synchronized Optional<JWK> find(String id) {
        var now = nanoTime.getAsLong();
        var pause = keys == null ? FIRST_PAUSE_NANOS : PAUSE_NANOS;
        if ((named(id).isEmpty() || now - fetchedAt > FRESH_NANOS) && now - triedAt >= pause) {
            fetch(now);
        }
        if (keys == null || now - fetchedAt > OUTAGE_NANOS) {
            throw new RefusedException(Refusal.ISSUER_AWAY);
        }
        return named(id);
    }

    private Optional<JWK> named(String id) {
        return Optional.ofNullable(keys).map(all -> all.getKeyByKeyId(id));
    }

    private void fetch(long now) {
        triedAt = now;
        try {
            keys = JWKSet.parse(retriever.retrieveResource(url.toURL()).getContent());
            fetchedAt = now;
        } catch (IOException | ParseException e) {
            // the keys from before are used until they are too old
        }
    }
}
