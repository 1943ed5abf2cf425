package ipn.projector.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DueTimesTest {
    private final CountedStore counted = new CountedStore();
    private final DueTimes due = open(counted);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_is_moved_is_taken_out_once_it_is_due_and_earliest_first(long seed) {
        var random = new Random(seed);
        var expected = new TreeMap<String, Instant>();
        var taken = 0;
        for (var step = 0; step < 2_000; step++) {
            var now = at(step);
            var key = "key-" + random.nextInt(50) + (random.nextBoolean() ? "\uD83D\uDE00" : "\uFF5E");
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3, 4 -> {
                    var after = at(step + random.nextInt(400) - 20);
                    due.move(key, expected.put(key, after), after);
                }
                case 5, 6 -> due.move(key, expected.remove(key), null);
                case 7 -> due.init(context(), due);
                default -> {
                    var max = 1 + random.nextInt(5);
                    var keys = due.take(now, max);
                    assertThat(keys).isEqualTo(first(expected, now, max));
                    keys.forEach(expected::remove);
                    taken += keys.size();
                }
            }
        }
        assertThat(taken).isGreaterThan(200);
    }

    @Test
    void the_store_is_not_read_before_anything_is_due() {
        due.move("soon", null, at(100));
        due.take(at(0), 10);
        var reads = counted.reads;

        for (var now = 1; now < 100; now++) {
            assertThat(due.take(at(now), 10)).isEmpty();
        }
        assertThat(counted.reads).isEqualTo(reads);
        assertThat(due.take(at(100), 10)).containsExactly("soon");
    }

    @Test
    void what_was_taken_out_is_not_passed_again() {
        due.move("first", null, at(10));
        due.move("second", null, at(20));
        due.take(at(10), 10);
        due.take(at(20), 10);
        assertThat(counted.from).startsWith(DueKey.upTo(at(19)));
    }

    @Test
    void what_is_due_earlier_than_anything_known_is_found() {
        due.move("late", null, at(1_000));
        assertThat(due.take(at(500), 10)).isEmpty();
        due.retry("early", at(400));
        assertThat(due.take(at(500), 10)).containsExactly("early");
    }

    @Test
    void a_cache_that_nobody_would_write_is_refused() {
        var builder =
                DueTimes.builder(Stores.keyValueStoreBuilder(new Supplier(counted), Serdes.String(), Serdes.String()));
        assertThatThrownBy(builder::withCachingEnabled).isInstanceOf(UnsupportedOperationException.class);
    }

    private static List<String> first(TreeMap<String, Instant> expected, Instant now, int max) {
        return expected.entrySet().stream()
                .filter(each -> !each.getValue().isAfter(now))
                .map(each -> DueKey.of(each.getValue(), each.getKey()))
                .sorted(Comparator.comparing(key -> Bytes.wrap(key.getBytes(StandardCharsets.UTF_8))))
                .limit(max)
                .map(DueKey::key)
                .toList();
    }

    private static DueTimes open(CountedStore store) {
        var builder = Stores.keyValueStoreBuilder(new Supplier(store), Serdes.String(), Serdes.String());
        var due = DueTimes.builder(builder.withLoggingDisabled()).build();
        due.init(context(), due);
        return due;
    }

    private static StateStoreContext context() {
        return new MockProcessorContext<>().getStateStoreContext();
    }

    private static Instant at(long millis) {
        return Instant.parse("2026-01-01T00:00:00Z").plusMillis(millis);
    }

    private record Supplier(CountedStore store) implements KeyValueBytesStoreSupplier {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return store;
        }

        @Override
        public String metricsScope() {
            return "test";
        }
    }

    /** Notes how it is read. */
    private static final class CountedStore extends InMemoryKeyValueStore {
        private int reads;
        private String from = "";

        CountedStore() {
            super("due");
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> range(Bytes first, Bytes last) {
            reads++;
            from = new String(first.get(), StandardCharsets.UTF_8);
            return super.range(first, last);
        }
    }
}
