package ipn.runtime.streams;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One memory budget for all stores of a JVM. By default RocksDB has one per store and partition, outside the heap. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 64L << 20;
    /**
     * A store with anything in its write buffer counts with at least one block, by default of 1 MiB. A stage has a hundred stores and more, so that
     * the budget would always be used up, and each write would flush some buffer to a tiny file.
     */
    private static final long WRITE_BUFFER_BLOCK_BYTES = 32L << 10;

    private static final int BLOOM_BITS = 10;

    static {
        // the fields below need the native library, which Streams loads only when it opens its first store
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    private static final AtomicLong OPENED = new AtomicLong();

    /** How many stores this JVM has begun to open. */
    static long opened() {
        return OPENED.get();
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        OPENED.incrementAndGet();
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        // most keys are new, and the filter detects that without reading a block
        table.setFilterPolicy(new BloomFilter(BLOOM_BITS));
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setArenaBlockSize(WRITE_BUFFER_BLOCK_BYTES);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {
        // cache and buffers are shared by all stores of the JVM
    }
}
