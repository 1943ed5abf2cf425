package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

class BoundedRocksDbTest {
    private final BoundedRocksDb setter = new BoundedRocksDb();

    @Test
    void all_stores_share_one_cache_and_one_budget_for_writes() {
        try (var first = options("payments");
                var second = options("claims")) {
            assertThat(cache(first)).isNotNull().isSameAs(cache(second));
            assertThat(first.writeBufferManager()).isInstanceOf(WriteBufferManager.class);
            assertThat(first.writeBufferManager()).isSameAs(second.writeBufferManager());
        }
    }

    @Test
    void index_and_filter_blocks_count_against_the_cache() {
        try (var options = options("payments")) {
            assertThat(table(options).cacheIndexAndFilterBlocks()).isTrue();
            assertThat(table(options).filterPolicy()).isInstanceOf(BloomFilter.class);
        }
    }

    @Test
    void hundreds_of_small_stores_fit_into_the_budget_for_writes() {
        try (var options = options("payments")) {
            assertThat(500 * options.arenaBlockSize()).isLessThan(32 << 20);
        }
    }

    @Test
    void a_closed_store_leaves_the_shared_memory_to_the_others() {
        try (var first = options("payments");
                var second = options("claims")) {
            setter.close("payments", first);
            assertThat(cache(second).isOwningHandle()).isTrue();
            assertThat(second.writeBufferManager().isOwningHandle()).isTrue();
        }
    }

    private Options options(String store) {
        var options = new Options();
        options.setTableFormatConfig(new BlockBasedTableConfig());
        setter.setConfig(store, options, Map.of());
        return options;
    }

    private static BlockBasedTableConfig table(Options options) {
        return (BlockBasedTableConfig) options.tableFormatConfig();
    }

    /** The configuration of a table shows its cache to nobody. */
    private static Cache cache(Options options) {
        try {
            var field = BlockBasedTableConfig.class.getDeclaredField("blockCache");
            field.setAccessible(true);
            return (Cache) field.get(table(options));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
