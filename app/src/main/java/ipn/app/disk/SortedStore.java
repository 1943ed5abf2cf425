package ipn.app.disk;

import ipn.app.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** Keys and values on disk, sorted by key, with a small part of them in memory. Deleted when it is closed. */
public final class SortedStore implements AutoCloseable {
    private static final long CACHE_BYTES = 8L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;

    private final Path folder;
    private final LRUCache cache;
    private final Options options;
    private final WriteOptions writing;
    private final RocksDB database;

    private SortedStore(Path folder) throws RocksDBException {
        this.folder = folder;
        RocksDB.loadLibrary();
        this.cache = new LRUCache(CACHE_BYTES);
        this.options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
        // it does not outlive the process, so it needs no log
        this.writing = new WriteOptions().setDisableWAL(true);
        this.database = RocksDB.open(options, folder.toString());
    }

    /** A new one in the folder of temporary files, which only this user can read. */
    public static SortedStore create() {
        try {
            return new SortedStore(Files.createTempDirectory("ipn-changes"));
        } catch (IOException | RocksDBException e) {
            throw failed(e);
        }
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** The value of a key; empty if there is none. */
    public Optional<byte[]> get(byte[] key) {
        try {
            return Optional.ofNullable(database.get(key));
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Adds or replaces an entry. */
    public void put(byte[] key, byte[] value) {
        try {
            database.put(writing, key, value);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Removes an entry, if there is one. */
    public void delete(byte[] key) {
        try {
            database.delete(writing, key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Passes on all entries whose keys begin with the prefix, in the order of their keys, until the receiver returns false. */
    public void each(byte[] prefix, BiPredicate<byte[], byte[]> receiver) {
        try (var entries = database.newIterator()) {
            entries.seek(prefix);
            while (entries.isValid()
                    && beginsWith(entries.key(), prefix)
                    && receiver.test(entries.key(), entries.value())) {
                entries.next();
            }
            entries.status();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private static boolean beginsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static UserException failed(Exception e) {
        return UserException.problem(
                "temporary files: %s cannot hold the changes: %s (expected: enough space; choose another folder with IPN_JAVA_OPTS=-Djava.io.tmpdir=...)"
                        .formatted(
                                System.getProperty("java.io.tmpdir"),
                                e.getClass().getSimpleName()));
    }

    @Override
    public void close() {
        database.close();
        writing.close();
        options.close();
        cache.close();
        Folders.delete(folder);
    }
}
