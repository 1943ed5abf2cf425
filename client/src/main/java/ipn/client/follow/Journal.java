package ipn.client.follow;

import ipn.client.AccessCacheException;
import ipn.client.AccessSettings;
import ipn.client.store.CompactStore;
import ipn.client.store.CompactStore.Change;
import ipn.client.store.Position;
import ipn.client.store.StoreFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a follower, if it has one. A file that cannot be written keeps nobody from answering; it is tried again after a while. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration POSITION_INTERVAL = Duration.ofSeconds(5);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private interface Write {
        void to(StoreFile file) throws IOException;
    }

    private final Optional<StoreFile> file;
    private final AccessSettings settings;
    private Instant written = Instant.EPOCH;
    private boolean failed;
    private long failedAt;

    Journal(Optional<StoreFile> file, AccessSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    /** What the file has; empty if there is none, it is damaged, or it is so old that deletions may be missing in the topic. */
    Optional<StoreFile.Loaded> load() {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            var oldest = settings.clock().instant().minus(settings.fileAgeMax());
            return file.get().load().filter(found -> found.position().asOf().isAfter(oldest));
        } catch (IOException e) {
            throw new AccessCacheException("file: cannot be read", e);
        }
    }

    void append(CompactStore store, Position before, List<Change> changes, Position after) {
        if (changes.isEmpty() && after.asOf().isBefore(written.plus(POSITION_INTERVAL))) {
            return;
        }
        write(after, to -> to.append(store, before, changes, after));
    }

    void replace(CompactStore store, Position position) {
        write(position, to -> to.replace(store, position));
    }

    private void write(Position position, Write write) {
        if (file.isEmpty() || failed && System.nanoTime() - failedAt < RETRY_NANOS) {
            return;
        }
        try {
            write.to(file.get());
            written = position.asOf();
            failed = false;
        } catch (IOException e) {
            failed = true;
            failedAt = System.nanoTime();
            LOG.atError()
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log(
                            "The file of the cache cannot be written; after a restart the cache begins with an older state");
        }
    }

    /** Writes the position, and gives the file back. */
    void close(CompactStore store, Position position) {
        if (position.asOf().isAfter(written)) {
            write(position, to -> to.append(store, position, List.of(), position));
        }
        file.ifPresent(Journal::release);
    }

    private static void release(StoreFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("The file of the cache cannot be closed");
        }
    }
}
