package ipn.client;

import ipn.client.follow.Follower;
import ipn.client.store.StoreFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A local copy of what every subject may use now, which follows {@code ipn.entitlement-state}. It answers from memory, also while Kafka is
 * away; each answer says how old the data is. For a subject the revision of a decision never goes back.
 */
public final class AccessCache implements Access, AutoCloseable {
    private final AccessSettings settings;
    private final Follower follower;

    private AccessCache(AccessSettings settings, Follower follower) {
        this.settings = settings;
        this.follower = follower;
    }

    /**
     * Opens a cache and waits until it has every committed record, at most for {@link AccessSettings#startTimeout}. After that it goes on
     * loading, and answers from the file if there is one.
     *
     * @throws AccessCacheException if the file is in use or cannot be read
     */
    public static AccessCache open(AccessSettings settings) {
        var cache = new AccessCache(settings, new Follower(settings, file(settings)));
        cache.follower.start();
        var unused = cache.awaitCurrent(settings.startTimeout());
        return cache;
    }

    private static Optional<StoreFile> file(AccessSettings settings) {
        if (settings.file().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StoreFile.open(settings.file().get(), settings.topic()));
        } catch (IOException e) {
            throw new AccessCacheException("file: " + e.getMessage(), e);
        }
    }

    /** Waits until the cache has every record that a reader of committed records could read before; false if that took longer. */
    public boolean awaitCurrent(Duration timeout) {
        return follower.awaitCurrent(timeout);
    }

    @Override
    public AccessAnswer of(AccessQuestion question) {
        var at = settings.clock().instant();
        if (!follower.follows(question.key().subject())) {
            return AccessRules.unknown(question.key(), AccessRules.NOT_FOLLOWED, Optional.empty(), at);
        }
        var view = follower.view();
        return settings.rules().answer(question, view.store().get(question.key()), view.asOf(), at);
    }

    @Override
    public List<AccessAnswer> all(String subject, int limit) {
        var view = follower.view();
        var at = settings.clock().instant();
        return view.asOf() == null
                ? List.of()
                : view.store().ofSubject(subject, limit).stream()
                        .map(found -> settings.rules()
                                .answer(
                                        new AccessQuestion(found.key(), Optional.empty()),
                                        found.decision(),
                                        view.asOf(),
                                        at))
                        .toList();
    }

    @Override
    public List<String> entitlements() {
        return follower.view().store().entitlementNames();
    }

    @Override
    public Registration listen(AccessListener listener) {
        follower.listeners().add(listener);
        return () -> follower.listeners().remove(listener);
    }

    /** The state of the cache, for metrics and health checks. */
    public CacheStatus status() {
        return follower.status();
    }

    /** Stops following, and writes the file. */
    @Override
    public void close() {
        follower.close();
    }
}
