package ipn.app.command;

import ipn.app.UserException;
import ipn.topics.KafkaSettings;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Checks that a broker answers, before a command waits for it. */
final class BrokerCheck {
    private static final int WAIT_SECONDS = 5;

    private BrokerCheck() {}

    /** @throws UserException if no broker answers */
    static void requireAnswer(KafkaSettings kafka) {
        var properties = kafka.client();
        var wait = Integer.toString(WAIT_SECONDS * 1_000);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, wait);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, wait);
        try (var admin = Admin.create(properties)) {
            admin.describeCluster().nodes().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw noAnswer(kafka);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noAnswer(kafka);
        }
    }

    private static UserException noAnswer(KafkaSettings kafka) {
        return UserException.problem("kafka %s: no answer within %d s (expected: a broker; start one with ./ipn up)"
                .formatted(kafka.clients().get("bootstrap.servers"), WAIT_SECONDS));
    }
}
