package ipn.operations.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.operations.TestCluster;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicReaderIT {
    private TestCluster cluster;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 2);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void an_empty_topic_is_read_at_once() {
        assertThat(cluster.records(TopicCatalogue.RAW)).isEmpty();
    }

    @Test
    void the_end_is_reached_where_the_last_offsets_are_markers_or_rolled_back() {
        cluster.write(List.of(record(0, "a"), record(0, "b"), record(1, "c")));
        cluster.writeInVain(List.of(record(0, "x"), record(1, "y")));

        assertThat(cluster.records(TopicCatalogue.RAW))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void the_same_stretch_can_be_read_twice() {
        cluster.write(List.of(record(0, "a"), record(1, "b")));
        assertThat(cluster.records(TopicCatalogue.RAW)).hasSize(2);
        assertThat(cluster.records(TopicCatalogue.RAW)).hasSize(2);
    }

    @Test
    void records_written_after_the_call_are_not_read() {
        cluster.write(record(0, "a"));
        try (var reader = TopicReader.open(cluster.kafka)) {
            var span = reader.all(cluster.topic(TopicCatalogue.RAW));
            cluster.write(record(0, "late"));
            var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            reader.read(span, "", Progress.SILENT, read::add);
            assertThat(read)
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactly("a");
        }
    }

    @Test
    void records_that_retention_takes_meanwhile_are_passed_over() {
        for (var i = 0; i < 5; i++) {
            cluster.write(record(0, "old" + i));
        }
        var left = cluster.write(record(0, "left"));
        try (var reader = TopicReader.open(cluster.kafka)) {
            var span = reader.all(cluster.topic(TopicCatalogue.RAW));
            cluster.deleteBefore(TopicCatalogue.RAW, 0, left.offset());
            var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            reader.read(span, "", Progress.SILENT, read::add);
            assertThat(read).extracting(ConsumerRecord::offset).containsExactly(left.offset());
        }
    }

    @Test
    void an_open_transaction_that_blocks_reading_ends_it_with_an_error() {
        cluster.write(record(0, "a"));
        try (var stuck = cluster.transactional("stuck");
                var reader = TopicReader.open(cluster.kafka, Duration.ofMillis(500))) {
            stuck.initTransactions();
            stuck.beginTransaction();
            TestCluster.get(stuck.send(record(0, "open")));
            var partition = new TopicPartition(cluster.topic(TopicCatalogue.RAW), 0);
            var committed = reader.all(Set.of(partition)).end(partition);
            var past = new OffsetRanges(Map.of(partition, 0L), Map.of(partition, committed + 1));

            assertThatThrownBy(() -> reader.read(past, "", Progress.SILENT, record -> {}))
                    .isInstanceOf(StalledException.class)
                    .hasMessageContaining("stopped at offset 2 (expected: offset 3");
            stuck.abortTransaction();
        }
    }

    @Test
    void a_topic_that_is_not_there_is_named_and_not_created() {
        try (var reader = TopicReader.open(cluster.kafka)) {
            assertThatThrownBy(() -> reader.all("nowhere")).hasMessageContaining("topic: nowhere does not exist");
        }
    }

    @Test
    void progress_ends_at_its_total() {
        cluster.write(List.of(record(0, "a"), record(1, "b")));
        var received = new ArrayList<List<Long>>();
        try (var reader = TopicReader.open(cluster.kafka)) {
            reader.read(
                    reader.all(cluster.topic(TopicCatalogue.RAW)),
                    "reading",
                    (step, done, total) -> received.add(List.of(done, total)),
                    record -> {});
        }
        assertThat(received.get(0)).containsExactly(0L, 4L);
        assertThat(received.get(received.size() - 1)).containsExactly(4L, 4L);
    }

    private ProducerRecord<byte[], byte[]> record(int partition, String value) {
        return new ProducerRecord<>(cluster.topic(TopicCatalogue.RAW), partition, null, value.getBytes(UTF_8));
    }
}
