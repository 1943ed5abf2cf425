package ipn.operations.brake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.avro.BrakeStatus;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.operations.Operator;
import ipn.operations.TestCluster;
import ipn.operations.topic.Progress;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrakeIT {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Operator ADA = new Operator("ada", Optional.of("looked into"));

    private TestCluster cluster;
    private Brake brake;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 3);
        brake = new Brake(cluster.kafka, cluster.serdes, Clock.fixed(NOON, ZoneOffset.UTC), Duration.ofMillis(300));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void the_newest_status_of_each_partition_is_added_up() {
        reports(0, true, 4).reports(2, true, 1).reports(2, false, 0);
        var report = brake.status();
        assertThat(report.partitions()).extracting(BrakeStatus::getPartition).containsExactly(0, 2);
        assertThat(report.silent()).isEqualTo(1);
        assertThat(report.total()).isEqualTo(new BrakeReport.Total(1, 4, 10, 20, 0, 0));
        assertThat(report.engaged()).isTrue();
        assertThat(report.idle()).isFalse();
    }

    @Test
    void a_new_deployment_has_no_status_and_withholds_nothing() {
        assertThat(brake.status().silent()).isEqualTo(3);
        assertThat(brake.status().idle()).isTrue();
    }

    @Test
    void a_command_is_written_once_to_each_partition_with_who_and_why_and_waiting_for_it_ends() {
        var result = brake.release(ADA, Progress.SILENT);
        assertThat(result.complete()).isFalse();
        assertThat(result.waiting()).isEqualTo(3);
        var written = cluster.records(TopicCatalogue.BRAKE);
        assertThat(written).extracting(ConsumerRecord::partition).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(commands(written))
                .containsOnly(new BrakeCommand(result.commandId(), BrakeAction.RELEASE, "ada", "looked into", NOON));
    }

    @Test
    void the_decision_is_recorded_with_what_it_is_about() {
        reports(0, true, 4);
        var result = brake.discard(ADA, Progress.SILENT);

        assertThat(cluster.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.getKind()).isEqualTo(DecisionKind.DISCARD);
            assertThat(decision.getTarget()).isEqualTo(DecisionTarget.BRAKE);
            assertThat(decision.getAbout()).isEqualTo(result.commandId());
            assertThat(decision.getBy()).isEqualTo("ada");
            assertThat(decision.getWhy()).isEqualTo("looked into");
            assertThat(decision.getWhich()).isEqualTo("4 withheld revocations");
        });
    }

    @Test
    void a_decision_takes_a_reason() {
        assertThatThrownBy(() -> brake.discard(new Operator("ada", Optional.empty()), Progress.SILENT))
                .hasMessageContaining("why: missing");
        assertThat(cluster.records(TopicCatalogue.BRAKE)).isEmpty();
    }

    private List<BrakeCommand> commands(List<ConsumerRecord<byte[], byte[]>> records) {
        try (var values = cluster.serdes.deserializer(BrakeCommand.class)) {
            return records.stream()
                    .map(record -> values.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }

    private BrakeIT reports(int partition, boolean engaged, long withheld) {
        var status = BrakeStatus.newBuilder()
                .setPartition(partition)
                .setEngaged(engaged)
                .setWithheld(withheld)
                .setInWindow(5)
                .setActive(10)
                .setReleased(0)
                .setDiscarded(0)
                .setAt(NOON)
                .build();
        cluster.write(cluster.avro(
                TopicCatalogue.BRAKE_STATUS, partition, Integer.toString(partition), BrakeStatus.class, status));
        return this;
    }
}
