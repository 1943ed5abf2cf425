package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.topics.TopicCatalogue;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ProducerSettingsTest {
    private static final int MIB = 1024 * 1024;

    private static Map<Object, Object> with(Map<String, String> operators) {
        var kafka = Live.kafka("broker:9092", TopicCatalogue.defaults(), operators);
        return ProducerSettings.producer(
                kafka, Ingress.config("request-deadline: PT6S, publish-timeout: PT5S, body-bytes-max: 4194304"));
    }

    @Test
    void an_operator_cannot_weaken_what_an_acknowledgement_means() {
        var weak = Map.of(
                "acks", "0",
                "enable.idempotence", "false",
                "retries", "0",
                "max.in.flight.requests.per.connection", "50",
                "transactional.id", "mine",
                "max.block.ms", "60000",
                "delivery.timeout.ms", "120000",
                "metadata.max.idle.ms", "1",
                "max.request.size", "1",
                "buffer.memory", "1");
        assertThat(with(weak))
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true")
                .containsEntry(ProducerConfig.RETRIES_CONFIG, "2147483647")
                .containsEntry(ProducerConfig.MAX_BLOCK_MS_CONFIG, "50")
                .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "4000")
                .containsEntry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "2400")
                .containsEntry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, "604800000")
                .containsEntry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(4 * MIB + 128 * 1024))
                .containsEntry(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(96 * MIB))
                .doesNotContainKeys(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
    }

    @Test
    void whatever_else_the_operator_says_is_passed_through() {
        var chosen = Map.of("security.protocol", "SASL_SSL", "compression.type", "lz4", "linger.ms", "0");
        assertThat(with(chosen)).containsAllEntriesOf(chosen).containsEntry("bootstrap.servers", "broker:9092");
    }
}
