package ipn.app;

import ipn.topics.KafkaSettings;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** The id of a Kafka cluster, which tells records at the same place of two clusters apart. */
public final class ClusterId {
    private static final int KAFKA_TIMEOUT_SECONDS = 10;

    private ClusterId() {}

    /**
     * Asks the cluster for it.
     *
     * @throws KafkaException if it does not answer within 10 s
     */
    public static String of(KafkaSettings kafka) {
        try (var admin = Admin.create(kafka.client())) {
            return admin.describeCluster().clusterId().get(KAFKA_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("kafka: does not tell the id of its cluster", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
