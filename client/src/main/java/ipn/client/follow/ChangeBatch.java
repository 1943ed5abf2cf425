package ipn.client.follow;

import ipn.client.AccessChange;
import ipn.client.AccessDecision;
import ipn.client.AccessKey;
import ipn.client.AccessListener;
import ipn.client.store.CompactStore;
import ipn.client.store.CompactStore.Change;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some records change: of each key the last decision, unless the store has a later revision. A deleted key begins anew.
 *
 * @param outdated records of earlier revisions than the store has
 * @param unreadable records that are not what the topic contains
 */
record ChangeBatch(List<Change> changes, long outdated, long unreadable) {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeBatch.class);

    /** @throws IOException if a schema cannot be found now */
    static ChangeBatch of(
            Iterable<ConsumerRecord<byte[], byte[]>> records, EntitlementDecoder decoder, CompactStore store)
            throws IOException {
        var newest = new LinkedHashMap<AccessKey, Change>();
        var outdated = 0L;
        var unreadable = 0L;
        for (var each : records) {
            var change = decoder.decode(each.key(), each.value());
            if (change.isEmpty()) {
                unreadable++;
                LOG.atError()
                        .addKeyValue("topic", each.topic())
                        .addKeyValue("partition", each.partition())
                        .addKeyValue("offset", each.offset())
                        .log("A record is not an entitlement and was ignored");
            } else if (isOutdated(change.get(), newest, store)) {
                outdated++;
            } else {
                newest.put(change.get().key(), change.get());
            }
        }
        return new ChangeBatch(List.copyOf(newest.values()), outdated, unreadable);
    }

    private static boolean isOutdated(Change change, Map<AccessKey, Change> newest, CompactStore store) {
        var decision = change.decision();
        if (decision == null) {
            return false;
        }
        var pending = newest.get(change.key());
        return decision.revision() < (pending == null ? store.revision(change.key()) : revision(pending.decision()));
    }

    private static long revision(@Nullable AccessDecision decision) {
        return decision == null ? 0 : decision.revision();
    }

    /** Writes the changes into the store, and calls the listeners for those that change something. */
    void applyTo(CompactStore store, List<AccessListener> listeners) {
        for (var change : changes) {
            var before = listeners.isEmpty()
                    ? Optional.<AccessDecision>empty()
                    : Optional.ofNullable(store.get(change.key()));
            var decision = change.decision();
            if (decision == null) {
                store.remove(change.key());
            } else {
                store.put(change.key(), decision);
            }
            var after = Optional.ofNullable(decision);
            if (!before.equals(after)) {
                listeners.forEach(listener -> call(listener, new AccessChange(change.key(), before, after)));
            }
        }
    }

    private static void call(AccessListener listener, AccessChange change) {
        try {
            listener.changed(change);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("listener", listener.getClass().getName())
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("A listener failed");
        }
    }
}
