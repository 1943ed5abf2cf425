package ipn.operations.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.OutcomeKind;
import ipn.operations.TestCluster;
import ipn.operations.topic.Progress;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Not part of the ordinary build: writing a million records takes longer than checking them. */
@Tag("long")
class ConservationCheckAtScaleIT {
    private static final int RECORDS = 1_000_000;
    private static final int PARTITIONS = 8;
    private static final int PER_TRANSACTION = 5_000;

    @Test
    void a_million_records_are_checked_within_a_minute() {
        try (var cluster = TestCluster.create(getClass(), PARTITIONS)) {
            for (var first = 0; first < RECORDS; first += PER_TRANSACTION) {
                writeSome(cluster, first);
            }
            for (var partition = 0; partition < PARTITIONS; partition++) {
                cluster.committed(TestCluster.PROCESSOR, TopicCatalogue.RAW, partition, Long.MAX_VALUE / 2);
            }
            var check = new ConservationCheck(cluster.kafka, cluster.serdes, cluster.stages());
            var startedAt = System.nanoTime();
            var report = check.run(Progress.SILENT);
            var took = Duration.ofNanos(System.nanoTime() - startedAt);

            System.out.println("checked " + report.records() + " records in " + took.toMillis() + " ms");
            assertThat(report.balanced()).isTrue();
            assertThat(report.records()).isEqualTo(RECORDS);
            assertThat(took).isLessThan(Duration.ofMinutes(1));
        }
    }

    private static void writeSome(TestCluster cluster, int first) {
        var raw = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = first; i < first + PER_TRANSACTION; i++) {
            raw.add(cluster.raw(i % PARTITIONS, "stripe/main/pi_" + i, "stripe/main/evt_" + i));
        }
        var outcomes = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var at : cluster.write(raw)) {
            var i = first + outcomes.size();
            outcomes.add(cluster.outcome(at, "stripe/main/pi_" + i, "stripe/main/evt_" + i, OutcomeKind.APPLIED));
        }
        cluster.write(outcomes);
    }
}
