package ipn.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.polling.Polling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The only broker is killed while a transaction is open. */
@Timeout(180)
class KilledBrokerIT {
    private static final String TOPIC = "transactions";
    private static final List<TopicPartition> PARTITIONS = IntStream.range(0, 50)
            .mapToObj(each -> new TopicPartition(TOPIC, each))
            .toList();

    @TempDir
    Path folder;

    @Test
    void a_transaction_whose_time_is_over_before_it_is_back_ends_in_all_partitions() throws Exception {
        try (var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults());
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic(TOPIC, PARTITIONS.size(), (short) 1)))
                    .all()
                    .get();
            try (var producer = producer(broker)) {
                producer.initTransactions();
                producer.beginTransaction();
                PARTITIONS.forEach(each -> producer.send(new ProducerRecord<>(TOPIC, each.partition(), "key", "open")));
                producer.flush();
                broker.killHard();
                producer.close(Duration.ZERO);
            }
            broker.restart();

            var ended = Polling.upTo(Duration.ofSeconds(30))
                    .every(Duration.ofMillis(200))
                    .until(() -> open(admin).isEmpty());
            assertThat(ended)
                    .as("partitions with an open transaction: " + open(admin))
                    .isTrue();
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedBroker broker) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                "t",
                "transaction.timeout.ms",
                3_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** The partitions that readers of committed records cannot read to their ends. */
    private static List<TopicPartition> open(Admin admin) {
        var ends = ends(admin, IsolationLevel.READ_UNCOMMITTED);
        var committed = ends(admin, IsolationLevel.READ_COMMITTED);
        assertThat(ends.values()).extracting(ListOffsetsResultInfo::offset).allMatch(end -> end > 0);
        return PARTITIONS.stream()
                .filter(each -> committed.get(each).offset() < ends.get(each).offset())
                .toList();
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(Admin admin, IsolationLevel isolation) {
        var latest = PARTITIONS.stream().collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest()));
        try {
            return admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
