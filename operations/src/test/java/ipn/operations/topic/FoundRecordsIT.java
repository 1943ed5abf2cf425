package ipn.operations.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.operations.OperationFailedException;
import ipn.operations.TestCluster;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading by an index, on a real broker. */
class FoundRecordsIT {
    private TestCluster cluster;
    private Lookup lookup;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 2);
        lookup = Lookup.of("raw", cluster.topic(TopicCatalogue.RAW));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Records e_0, e_1 ... in both partitions alternately, each in a transaction of its own, so that markers are between them. */
    private List<Position> write(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> cluster.write(cluster.raw(n % 2, "k_" + n, "e_" + n)))
                .toList();
    }

    private List<String> find(RecordIndex index, Lookup which) {
        try (var reader = TopicReader.open(cluster.kafka, index)) {
            return find(reader, which);
        }
    }

    private static List<String> find(TopicReader reader, Lookup which) {
        var found = new ArrayList<String>();
        reader.find(which, Progress.SILENT, record -> found.add(new String(record.value(), UTF_8)));
        return found;
    }

    private static RecordIndex of(Collection<Position> positions) {
        return any -> Optional.of(positions);
    }

    @Test
    void only_what_the_index_finds_is_read_in_the_order_of_each_partition() {
        var all = write(30);

        assertThat(find(of(List.of(all.get(28), all.get(2), all.get(4), all.get(7))), lookup))
                .containsExactlyInAnyOrder("{e_2}", "{e_4}", "{e_28}", "{e_7}")
                .containsSubsequence("{e_2}", "{e_4}", "{e_28}");
        assertThat(find(of(List.of()), lookup)).isEmpty();
    }

    @Test
    void what_the_index_does_not_know_is_read_from_the_start() {
        write(6);
        assertThat(find(any -> Optional.empty(), lookup)).hasSize(6);
        assertThat(find(any -> Optional.empty(), lookup.inPartitionsOf(List.of("k_1")))
                        .size())
                .isEqualTo(3);
    }

    @Test
    void what_retention_deleted_or_was_never_there_is_left_out() {
        var all = write(6);
        cluster.deleteBefore(TopicCatalogue.RAW, 0, all.get(2).offset() + 1);
        var elsewhere = new Position(cluster.topic("nowhere"), 0, 3);
        var later = new Position(all.get(1).topic(), 1, 1_000);

        assertThat(find(of(List.of(all.get(0), all.get(2), all.get(4), all.get(1), elsewhere, later)), lookup))
                .containsExactlyInAnyOrder("{e_4}", "{e_1}");
    }

    @Test
    void records_in_another_partition_than_that_of_the_key_do_not_count() {
        var all = write(2);
        int counted;
        try (var reader = TopicReader.open(cluster.kafka)) {
            counted = reader.partitionOf(lookup.topic(), "k".getBytes(UTF_8)).partition();
        }
        assertThat(find(of(all), lookup.inPartitionsOf(List.of("k")))).containsExactly("{e_" + counted + "}");
    }

    @Test
    void if_a_newer_record_took_the_place_of_one_the_topic_is_read() {
        var all = write(4);
        // a marker of a transaction is at the offset after the record, as if the record there had been compacted away
        var gone = new Position(all.get(0).topic(), 0, all.get(0).offset() + 1);

        assertThat(find(of(List.of(gone)), lookup)).contains("{e_0}", "{e_1}", "{e_2}", "{e_3}");
    }

    @Test
    void a_borrowed_reader_reads_nothing_from_the_start_and_can_be_borrowed_again() {
        var all = write(4);
        try (var pool = new ReaderPool(cluster.kafka, 1)) {
            for (var round = 0; round < 3; round++) {
                try (var reader = pool.open(of(List.of(all.get(3))))) {
                    assertThat(find(reader, lookup)).containsExactly("{e_3}");
                }
                try (var reader = pool.open(any -> Optional.empty())) {
                    assertThatThrownBy(() -> find(reader, lookup)).isInstanceOf(OperationFailedException.class);
                }
            }
        }
    }
}
