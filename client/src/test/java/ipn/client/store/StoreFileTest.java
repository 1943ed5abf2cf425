package ipn.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.client.AccessKey;
import ipn.client.store.CompactStore.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
    private static final String TOPIC = "ipn.entitlement-state";
    private static final AccessKey ADA = AccessKey.of("ada", "premium");
    private static final AccessKey BOB = AccessKey.of("bob", "promotion", "post_7");

    @TempDir
    Path folder;

    @Test
    void what_was_appended_is_there_after_a_kill() throws IOException {
        var store = new CompactStore();
        var file = open();
        store.put(ADA, Decisions.paid(1));
        file.replace(store, position(5));
        append(file, store, 6, new Change(ADA, Decisions.paid(2)), new Change(BOB, Decisions.paid(1)));
        append(file, store, 7, new Change(BOB, null));
        var left = Files.copy(path(), folder.resolve("left"));
        file.close();

        var found = load(left, TOPIC);
        assertThat(found.position()).isEqualTo(position(7));
        assertThat(found.store().get(ADA)).isEqualTo(Decisions.paid(2));
        assertThat(found.store().get(BOB)).isNull();
    }

    /** Wherever the last write was cut off, the file is a state that was there, with its position. */
    @Test
    void a_write_that_was_cut_off_is_as_if_it_had_not_begun() throws IOException {
        var store = new CompactStore();
        long whole;
        try (var file = open()) {
            file.replace(store, position(5));
            append(file, store, 6, new Change(ADA, Decisions.paid(2)));
            whole = Files.size(path());
            append(file, store, 7, new Change(BOB, Decisions.paid(1)));
        }
        var bytes = Files.readAllBytes(path());
        for (var length = (int) whole; length < bytes.length; length++) {
            var cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
            var found = load(cut, TOPIC);
            assertThat(found.position()).isEqualTo(position(6));
            assertThat(found.store().get(ADA)).isEqualTo(Decisions.paid(2));
        }
    }

    @Test
    void it_goes_on_after_a_restart() throws IOException {
        try (var file = open()) {
            file.replace(new CompactStore(), position(5));
        }
        try (var file = open()) {
            var found = file.load().orElseThrow();
            append(file, found.store(), 6, new Change(ADA, Decisions.paid(1)));
        }
        assertThat(load(path(), TOPIC).store().get(ADA)).isEqualTo(Decisions.paid(1));
    }

    /** Any byte of the entries may be wrong: then there is no file. */
    @Test
    void a_damaged_file_is_not_used() throws IOException {
        var store = new CompactStore();
        store.put(ADA, Decisions.paid(1));
        try (var file = open()) {
            file.replace(store, position(5));
        }
        var bytes = Files.readAllBytes(path());
        var random = new SplittableRandom(20261130);
        for (var i = 0; i < 300; i++) {
            var at = random.nextInt(bytes.length);
            var damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            var other = Files.write(folder.resolve("damaged"), damaged);
            try (var file = StoreFile.open(other, TOPIC)) {
                assertThat(file.load()).as("byte %d", at).isEmpty();
            }
        }
    }

    @Test
    void the_file_of_another_topic_is_not_used() throws IOException {
        try (var file = open()) {
            file.replace(new CompactStore(), position(5));
        }
        try (var other = StoreFile.open(path(), "other.entitlement-state")) {
            assertThat(other.load()).isEmpty();
        }
    }

    @Test
    void two_caches_do_not_share_a_file() throws IOException {
        try (var file = open()) {
            assertThat(file.load()).isEmpty();
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("in use");
        }
    }

    @Test
    void changes_of_the_same_keys_do_not_let_it_grow() throws IOException {
        var store = new CompactStore();
        try (var file = open()) {
            file.replace(store, position(0));
            var changes = new Change[1_000];
            for (var round = 1; round <= 400; round++) {
                for (var i = 0; i < changes.length; i++) {
                    changes[i] = new Change(AccessKey.of("u_" + i, "premium"), Decisions.paid(round));
                }
                append(file, store, round, changes);
            }
            assertThat(Files.size(path())).isLessThan(20L * 1024 * 1024);
        }
        assertThat(load(path(), TOPIC).store().get(AccessKey.of("u_7", "premium")))
                .isEqualTo(Decisions.paid(400));
    }

    private StoreFile open() throws IOException {
        return StoreFile.open(path(), TOPIC);
    }

    private Path path() {
        return folder.resolve("access");
    }

    private static void append(StoreFile file, CompactStore store, long offset, Change... changes) throws IOException {
        file.append(store, position(offset - 1), List.of(changes), position(offset));
        for (var change : changes) {
            if (change.decision() == null) {
                store.remove(change.key());
            } else {
                store.put(change.key(), change.decision());
            }
        }
    }

    private static StoreFile.Loaded load(Path path, String topic) throws IOException {
        try (var file = StoreFile.open(path, topic)) {
            return file.load().orElseThrow();
        }
    }

    private static Position position(long offset) {
        return new Position(Map.of(0, offset, 1, 3L), Instant.ofEpochSecond(offset));
    }
}
