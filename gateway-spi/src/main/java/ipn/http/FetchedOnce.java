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
 * Keeps what was fetched, each value for as long as it may be kept, and at most so many. Whoever asks for the same key meanwhile
 * shares one fetch. A failure is returned to all who share the fetch, and is not kept.
 *
 * <p>A flood of keys that are asked for once does not drive out those asked for often. Fetches under way come on top of the
 * bound; {@link BoundedHttp} bounds them, and sees to it that they end. Has neither threads nor a clock.
 *
 * @param <K> what to fetch, such as a URL
 */
public final class FetchedOnce<K, V> {
    private final Duration pause;
    private final Cache<K, Kept<V>> kept;
    private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

    /**
     * @param entriesMax values kept
     * @param pause how long after a fetch a value that is kept but does not do is not fetched again
     */
    public FetchedOnce(int entriesMax, Duration pause) {
        this.pause = pause;
        // Evicts on the thread that adds, so that the bound holds when it returns.
        this.kept = Caffeine.newBuilder()
                .maximumSize(entriesMax)
                .executor(Runnable::run)
                .build();
    }

    /** The value kept for a key, or fetched now. */
    public CompletionStage<V> get(K key, Instant now, Supplier<? extends CompletionStage<Fetched<V>>> fetch) {
        return get(key, now, value -> true, fetch);
    }

    /**
     * As the other, but fetches again before its time a value that does not do, such as a set of keys in which one is missing.
     * Within the pause it does not: then the value is what is kept, whether it does or not, or the failure of the last
     * attempt to renew it. A failed attempt leaves the value to those for whom it does.
     */
    public CompletionStage<V> get(
            K key, Instant now, Predicate<V> does, Supplier<? extends CompletionStage<Fetched<V>>> fetch) {
        var known = known(key, now, does);
        if (known != null) {
            return known;
        }
        var mine = new CompletableFuture<V>();
        var others = underWay.putIfAbsent(key, mine);
        if (others != null) {
            return others.copy();
        }
        return justNowOrFetched(key, now, does, fetch).whenComplete((value, failure) -> {
            underWay.remove(key, mine);
            if (failure == null) {
                mine.complete(value);
            } else {
                mine.completeExceptionally(HttpFailure.unwrapped(failure));
            }
        });
    }

    private @Nullable CompletableFuture<V> known(K key, Instant now, Predicate<V> does) {
        var entry = kept.getIfPresent(key);
        if (entry == null || !now.isBefore(entry.until)) {
            return null;
        }
        if (does.test(entry.value)) {
            return CompletableFuture.completedFuture(entry.value);
        }
        if (!now.isBefore(entry.askedAt.plus(pause))) {
            return null;
        }
        return entry.failure == null
                ? CompletableFuture.completedFuture(entry.value)
                : CompletableFuture.failedFuture(entry.failure);
    }

    private CompletableFuture<V> justNowOrFetched(
            K key, Instant now, Predicate<V> does, Supplier<? extends CompletionStage<Fetched<V>>> fetch) {
        try {
            // another's fetch may have ended in between
            var known = known(key, now, does);
            return known != null ? known : keeping(key, now, fetch.get().toCompletableFuture());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<V> keeping(K key, Instant now, CompletableFuture<Fetched<V>> fetch) {
        return fetch.whenComplete((fetched, failure) -> {
                    if (failure != null) {
                        var why = HttpFailure.unwrapped(failure);
                        kept.asMap().computeIfPresent(key, (same, old) -> old.notRenewed(now, why));
                    } else if (fetched.keep().compareTo(Duration.ZERO) <= 0) {
                        kept.invalidate(key);
                    } else {
                        kept.put(key, new Kept<>(fetched.value(), now.plus(fetched.keep()), now, null));
                    }
                })
                .thenApply(Fetched::value);
    }

    /** How many values are kept just now, those that are too old included. */
    int size() {
        kept.cleanUp();
        return kept.asMap().size();
    }

    /** @param failure of the last attempt to renew it */
    private record Kept<V>(
            V value,
            Instant until,
            Instant askedAt,
            @Nullable Throwable failure) {
        /** Nothing, once it is too old. */
        @Nullable
        Kept<V> notRenewed(Instant now, Throwable why) {
            return now.isBefore(until) ? new Kept<>(value, until, now, why) : null;
        }
    }
}
