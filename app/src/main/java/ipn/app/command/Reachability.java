package ipn.app.command;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import ipn.app.UserException;
import ipn.serde.RegistryFailure;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/** Checks that Kafka and the schema registry answer, before a command waits for them. Each check ends after a few seconds. */
final class Reachability {
    private static final int WAIT_MS = 10_000;
    private static final String WAIT_SETTING = AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;

    private Reachability() {}

    /**
     * Reports everything that does not answer at once.
     *
     * @throws UserException with exit code 3 if anything does not answer
     */
    static void require(List<Optional<String>> checks) {
        var silent = checks.stream().flatMap(Optional::stream).toList();
        if (!silent.isEmpty()) {
            throw UserException.noAnswer(String.join("\n     ", silent));
        }
    }

    /**
     * Why no broker can be used; empty if one answers.
     *
     * @throws UserException if a broker answers, and refuses the credentials
     */
    static Optional<String> broker(KafkaSettings kafka) {
        var wait = waitMs(kafka);
        var properties = kafka.client();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(wait));
        properties.put(WAIT_SETTING, Integer.toString(wait));
        Admin admin = null;
        try {
            admin = Admin.create(properties);
            admin.describeCluster().nodes().get(wait, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException) {
                throw UserException.usage(
                        "kafka %s: refuses the credentials (expected: credentials of a principal of this Kafka in section kafka of the settings)"
                                .formatted(servers(kafka)));
            }
            return Optional.of(noBroker(kafka, wait));
        } catch (TimeoutException | KafkaException e) {
            return Optional.of(noBroker(kafka, wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(noBroker(kafka, wait));
        } finally {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** Why the schema registry cannot be used; empty if it answers, whatever its answer is. */
    static Optional<String> registry(KafkaSettings kafka) {
        var wait = Integer.toString(waitMs(kafka));
        var settings = new HashMap<>(kafka.registry());
        settings.put("http.connect.timeout.ms", wait);
        settings.put("http.read.timeout.ms", wait);
        settings.put("max.retries", "0");
        try (var client = new KafkaSettings(kafka.clients(), settings, kafka.topics()).registryClient()) {
            client.getCompatibility(null);
            return Optional.empty();
        } catch (IOException | RestClientException e) {
            return e instanceof IOException || RegistryFailure.isUnavailable(e)
                    ? Optional.of(
                            "schema registry %s: no answer (expected: a schema registry; start one with ./ipn up, or set schema-registry.url)"
                                    .formatted(KafkaSettings.withoutUserInfo(
                                            settings.getOrDefault("schema.registry.url", ""))))
                    : Optional.empty();
        }
    }

    private static String noBroker(KafkaSettings kafka, int waitMs) {
        return "kafka %s: no answer within %s s (expected: a broker; start one with ./ipn up, or raise kafka.%s in the settings if it is slow)"
                .formatted(servers(kafka), seconds(waitMs), WAIT_SETTING);
    }

    private static String seconds(int waitMs) {
        return BigDecimal.valueOf(waitMs, 3).stripTrailingZeros().toPlainString();
    }

    private static String servers(KafkaSettings kafka) {
        return kafka.clients().getOrDefault("bootstrap.servers", "");
    }

    /** How long to wait: what the settings say, if they say it. */
    private static int waitMs(KafkaSettings kafka) {
        var text = kafka.clients().getOrDefault(WAIT_SETTING, "");
        return text.matches("[0-9]{1,6}") ? Math.max(1, Integer.parseInt(text)) : WAIT_MS;
    }
}
