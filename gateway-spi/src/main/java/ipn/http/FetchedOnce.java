package ipn.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of fetched values, each with its own lifetime. Concurrent requests for a key share one fetch. A failure is
 * returned to all requests that share the fetch, and is not cached.
 *
 * <p>Many keys that are requested once do not evict frequently requested keys. The bound does not include fetches in progress;
 * {@link BoundedHttp} limits their number and duration. This class has neither threads nor a clock.
 *
 * @param <K> identifies the value to fetch, such as a URL
 */
public final class FetchedOnce<K, V> {
    private final Duration pause;
    private final Cache<K, Kept<V>> kept;
    private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

    /**
     * @param entriesMax maximum number of cached values
     * @param pause minimum time between a fetch and the next fetch because of an insufficient value
     */
    public FetchedOnce(int entriesMax, Duration pause) {
        this.pause = pause;
        // Evicts on the thread that adds, so that the bound holds when it returns.
        this.kept = Caffeine.newBuilder()
                .maximumSize(entriesMax)
                .executor(Runnable::run)
                .build();
    }

    /** The cached value of a key; fetches it if absent. */
    public CompletionStage<V> get(K key, Instant now, Supplier<? extends CompletionStage<Fetched<V>>> fetch) {
        return get(key, now, value -> true, fetch);
    }

    /**
     * The cached value of a key; fetches it if absent, or if the cached value is insufficient, such as a key set that lacks a key.
     * During the pause an insufficient value is not fetched again: the result is then the cached value, or the failure of the last
     * attempt to refresh it. After a failed refresh the value remains cached for requests to which it is sufficient.
     */
    public CompletionStage<V> get(
            K key, Instant now, Predicate<V> sufficient, Supplier<? extends CompletionStage<Fetched<V>>> fetch) {
        var cached = cached(key, now, sufficient);
        if (cached != null) {
            return cached;
        }
        var mine = new CompletableFuture<V>();
        var others = underWay.putIfAbsent(key, mine);
        if (others != null) {
            return others.copy();
        }
        return cachedOrFetched(key, now, sufficient, fetch).whenComplete((value, failure) -> {
            underWay.remove(key, mine);
            if (failure == null) {
                mine.complete(value);
            } else {
                mine.completeExceptionally(HttpFailure.unwrapped(failure));
            }
        });
    }

    private @Nullable CompletableFuture<V> cached(K key, Instant now, Predicate<V> sufficient) {
        var entry = kept.getIfPresent(key);
        if (entry == null || !now.isBefore(entry.until)) {
            return null;
        }
        if (sufficient.test(entry.value)) {
            return CompletableFuture.completedFuture(entry.value);
        }
        if (!now.isBefore(entry.askedAt.plus(pause))) {
            return null;
        }
        return entry.failure == null
                ? CompletableFuture.completedFuture(entry.value)
                : CompletableFuture.failedFuture(entry.failure);
    }

    private CompletableFuture<V> cachedOrFetched(
            K key, Instant now, Predicate<V> sufficient, Supplier<? extends CompletionStage<Fetched<V>>> fetch) {
        try {
            // a concurrent fetch may have ended in between
            var cached = cached(key, now, sufficient);
            return cached != null ? cached : caching(key, now, fetch.get().toCompletableFuture());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<V> caching(K key, Instant now, CompletableFuture<Fetched<V>> fetch) {
        return fetch.whenComplete((fetched, failure) -> {
                    if (failure != null) {
                        var why = HttpFailure.unwrapped(failure);
                        kept.asMap().computeIfPresent(key, (same, old) -> old.notRefreshed(now, why));
                    } else if (fetched.keep().compareTo(Duration.ZERO) <= 0) {
                        kept.invalidate(key);
                    } else {
                        kept.put(key, new Kept<>(fetched.value(), now.plus(fetched.keep()), now, null));
                    }
                })
                .thenApply(Fetched::value);
    }

    /** The number of cached values, including expired ones. */
    int size() {
        kept.cleanUp();
        return kept.asMap().size();
    }

    /** @param failure of the last attempt to refresh the value */
    private record Kept<V>(
            V value,
            Instant until,
            Instant askedAt,
            @Nullable Throwable failure) {
        /** This value with the failure of a refresh; null if the value is expired. */
        @Nullable
        Kept<V> notRefreshed(Instant now, Throwable why) {
            return now.isBefore(until) ? new Kept<>(value, until, now, why) : null;
        }
    }
}
