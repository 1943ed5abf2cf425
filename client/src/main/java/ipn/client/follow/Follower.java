package ipn.client.follow;

import ipn.client.AccessListener;
import ipn.client.AccessSettings;
import ipn.client.CacheStatus;
import ipn.client.store.CompactStore;
import ipn.client.store.Position;
import ipn.client.store.StoreFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the topic into a store, on a thread of its own. Whatever fails is tried again until it is closed. */
public final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);

    private final AccessSettings settings;
    private final EntitlementDecoder decoder;
    private final Journal journal;
    private final List<AccessListener> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile View view;
    private volatile int topicPartitions;
    // written by its thread only
    private volatile long outdated;
    private volatile long unreadable;
    private Position position;
    private volatile @Nullable StateReader reader;

    /**
     * What answers are from.
     *
     * @param asOf when the store was last known to have every committed record; null: never
     */
    public record View(CompactStore store, @Nullable Instant asOf) {}

    /** @param file the store begins with its content */
    public Follower(AccessSettings settings, Optional<StoreFile> file) {
        this.settings = settings;
        decoder = new EntitlementDecoder(settings.schemas());
        journal = new Journal(file, settings);
        var loaded = journal.load();
        view = loaded.map(found -> new View(found.store(), found.position().asOf()))
                .orElseGet(() -> new View(new CompactStore(), null));
        position = loaded.map(StoreFile.Loaded::position).orElse(Position.START);
        thread = new Thread(this::run, "ipn-access-follower");
        thread.setDaemon(true);
    }

    /** Starts to follow. */
    public void start() {
        thread.start();
    }

    /** What answers are from, now. */
    public View view() {
        return view;
    }

    /** Those who are called with changes; any thread may add and remove. */
    public List<AccessListener> listeners() {
        return listeners;
    }

    /** Whether a subject is in the partitions that are followed. Entries are in the partition of their subject. */
    public boolean follows(String subject) {
        var count = topicPartitions;
        return settings.partitions().isEmpty()
                || count == 0
                || settings.partitions().contains(partitionOf(subject, count));
    }

    private static int partitionOf(String subject, int count) {
        return Utils.toPositive(Utils.murmur2(subject.getBytes(StandardCharsets.UTF_8))) % count;
    }

    /** Waits until the store has every record that a reader of committed records could read before this call; false if it takes longer. */
    public synchronized boolean awaitCurrent(Duration timeout) {
        var from = settings.clock().instant();
        var end = System.nanoTime() + timeout.toNanos();
        try {
            while (!isAsOf(from)) {
                var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isAsOf(Instant time) {
        var asOf = view.asOf();
        return asOf != null && !asOf.isBefore(time);
    }

    /** Numbers of the store, and how new it is. */
    public CacheStatus status() {
        var now = view;
        return new CacheStatus(
                now.store().size(), now.store().bytes(), Optional.ofNullable(now.asOf()), outdated, unreadable);
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (var opened = new StateReader(settings)) {
                reader = opened;
                topicPartitions = opened.seek(position);
                while (stopped.getCount() > 0) {
                    follow(opened);
                }
            } catch (WakeupException e) {
                // closing
            } catch (OffsetOutOfRangeException | StateReader.OtherTopicException e) {
                LOG.atWarn()
                        .addKeyValue("topic", settings.topic())
                        .log(
                                "The topic is another one than before, or has other partitions; it is read from its start");
                position = Position.START;
                publish(new View(new CompactStore(), null));
            } catch (IOException | RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("topic", settings.topic())
                        .addKeyValue("cause", e.getClass().getSimpleName())
                        .log("The topic cannot be followed now; answers are from what is known");
                pause();
            }
        }
    }

    /** One step. Changes are in the file before anybody sees them. */
    private void follow(StateReader from) throws IOException {
        var store = view.store();
        var loaded = view.asOf() != null;
        var batch = ChangeBatch.of(from.poll(), decoder, store);
        var asOf = from.caughtUpAt().orElse(view.asOf());
        var next = new Position(from.offsets(), asOf == null ? Instant.EPOCH : asOf);
        if (loaded) {
            journal.append(store, position, batch.changes(), next);
        }
        batch.applyTo(store, loaded ? listeners : List.of());
        outdated = outdated + batch.outdated();
        unreadable = unreadable + batch.unreadable();
        if (!loaded && asOf != null) {
            journal.replace(store, next);
        }
        position = next;
        publish(new View(store, asOf));
    }

    private synchronized void publish(View next) {
        view = next;
        notifyAll();
    }

    private void pause() {
        try {
            var unused = stopped.await(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        var waiting = reader;
        if (waiting != null) {
            waiting.wakeup();
        }
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close(view.store(), position);
    }
}
