package ipn.bench.alerts;

import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A program was killed in a transaction, which stays open: readers of committed records stand still before it. */
final class StuckTransaction implements AlertFault {
    private static final String TIMEOUT_MILLIS = "900000";
    private static final int PARTITION = 0;

    @Override
    public Known known() {
        return new Known(
                "stuck-transaction",
                "a transaction stays open in a partition of `ipn.raw`",
                Set.of("IpnRecordsOld", "IpnCanaryLoses"),
                Set.of(
                        "IpnCanaryFails",
                        "IpnStageStalled",
                        "IpnCanarySlow",
                        "IpnEntitlementsLate",
                        "IpnEntitlementsOftenLate"),
                "lag.md");
    }

    @Override
    public void plant(Scene scene) throws InterruptedException, ExecutionException {
        var kafka = scene.stages().settings().kafka();
        Properties settings = kafka.client();
        settings.put("transactional.id", "killed-while-it-wrote");
        settings.put("transaction.timeout.ms", TIMEOUT_MILLIS);
        var bytes = "never committed".getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(raw(kafka).topic(), PARTITION, bytes, bytes);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record).get();
            producer.close(java.time.Duration.ZERO); // as if it were killed: nothing is aborted
        }
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException, ExecutionException {
        var kafka = scene.stages().settings().kafka();
        var partition = raw(kafka);
        try (var admin = Admin.create(kafka.client())) {
            var writers = admin.describeProducers(List.of(partition))
                    .partitionResult(partition)
                    .get()
                    .activeProducers();
            for (var writer : writers) {
                if (writer.currentTransactionStartOffset().isPresent()) {
                    scene.transcript()
                            .did(
                                    "`kafka-transactions.sh describe-producers`, then `abort --topic %s --partition %d --start-offset %d`"
                                            .formatted(
                                                    partition.topic(),
                                                    partition.partition(),
                                                    writer.currentTransactionStartOffset()
                                                            .getAsLong()));
                    admin.abortTransaction(new AbortTransactionSpec(
                                    partition,
                                    writer.producerId(),
                                    (short) writer.producerEpoch(),
                                    Math.max(0, writer.coordinatorEpoch().orElse(0))))
                            .all()
                            .get();
                }
            }
        }
    }

    private static TopicPartition raw(KafkaSettings kafka) {
        return new TopicPartition(kafka.topics().name(TopicCatalogue.RAW), PARTITION);
    }
}
