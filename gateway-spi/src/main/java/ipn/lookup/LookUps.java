package ipn.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import ipn.gateway.Source;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Throttled;
import ipn.gateway.Verdict.Undecided;
import ipn.http.HttpAccess;
import ipn.http.HttpFailure;
import ipn.http.Unreachable;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Limits the look-ups of one account, so that strangers cannot use up those that the gateway's own deliveries need. A client
 * whose delivery was authentic within the last day is proven: it may use all look-ups, though at most half of those in flight
 * by itself. All others together get a quarter, and of that those whose delivery was denied within the last ten minutes, or is
 * implausible, get half. A client that is not proven may cause 10 look-ups, then one a second; a denied delivery costs one more.
 *
 * <p>A client above its own limit is {@link Throttled}; above a common limit the verdict is {@link Undecided}.
 * Thread-safe, bounded, and without a clock.
 */
public final class LookUps {
    private static final int CLIENTS_MAX = 10_000;
    private static final int PER_SECOND_MAX = 10_000;

    private final Share all;
    private final Share unproven;
    private final Share doubtful;
    private final int perClientMax;
    /** Apart from the others, so that no number of strangers evicts a proven client. */
    private final Cache<Source, Client> proven = clients();

    private final Cache<Source, Client> others = clients();

    /**
     * @param inFlightMax look-ups at once
     * @param perSecond look-ups a second, with bursts of the same size
     */
    public LookUps(int inFlightMax, int perSecond) {
        all = new Share("of this account", inFlightMax, perSecond, 1, null);
        unproven = new Share("of clients without an authentic delivery", inFlightMax, perSecond, 4, all);
        doubtful = new Share("of doubtful deliveries", inFlightMax, perSecond, 8, unproven);
        perClientMax = Math.max(1, inFlightMax / 2);
    }

    /**
     * Reads {@code fetch-per-second} from an account's section.
     *
     * @param perSecond the default
     */
    public static LookUps from(Settings account, HttpAccess access, int perSecond) {
        return new LookUps(access.inFlightMax(), account.integer("fetch-per-second", perSecond, 1, PER_SECOND_MAX));
    }

    private static Cache<Source, Client> clients() {
        return Caffeine.newBuilder()
                .maximumSize(CLIENTS_MAX)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Sends a request because of a delivery, if the limits allow it. The stage fails if they do not; see {@link #verdict}.
     *
     * @param plausible false if the delivery has a form that the gateway's deliveries to this account usually do not have
     */
    public <V> CompletionStage<V> ask(
            Source source, boolean plausible, Instant now, Supplier<? extends CompletionStage<V>> request) {
        var client = client(source);
        if (!client.allows(now)) {
            return CompletableFuture.failedFuture(new TooManyLookUps(Client.LIMIT));
        }
        var share = share(client, plausible, now);
        try {
            share.enter(now);
        } catch (Unreachable e) {
            return CompletableFuture.failedFuture(e);
        }
        client.inFlight().incrementAndGet();
        return started(request).whenComplete((answer, failure) -> {
            client.inFlight().decrementAndGet();
            share.leave();
        });
    }

    private static <V> CompletionStage<V> started(Supplier<? extends CompletionStage<V>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The share in which a look-up needs a place. */
    private Share share(Client client, boolean plausible, Instant now) {
        if (!plausible || client.isDenied(now)) {
            return doubtful;
        }
        var ownHalf = client.isProven(now) && client.inFlight().get() < perClientMax;
        return ownHalf ? all : unproven;
    }

    /** Notes that a delivery was authentic and meant for this account. */
    public void authentic(Source source, Instant now) {
        if (source.isKnown()) {
            var client = client(source);
            client.prove(now);
            proven.put(source, client);
            others.invalidate(source);
        }
    }

    /** Notes that a delivery is not the gateway's. */
    public void denied(Source source, Instant now) {
        if (source.isKnown()) {
            var client = client(source);
            client.deny(now);
            others.put(source, client);
            proven.invalidate(source);
        }
    }

    private Client client(Source source) {
        if (!source.isKnown()) {
            return new Client();
        }
        var known = proven.getIfPresent(source);
        return known != null ? known : others.get(source, absent -> new Client());
    }

    /** The verdict after a stage of {@link #ask} failed. */
    public static Verdict verdict(Throwable failure) {
        return HttpFailure.unwrapped(failure) instanceof TooManyLookUps tooMany
                ? new Throttled(String.valueOf(tooMany.getMessage()))
                : new Undecided(HttpFailure.why(failure));
    }
}
