package ipn.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<MetricName, Metric> kafka = new HashMap<>();

    @Test
    void numbers_of_several_clients_become_one() {
        add("producer-metrics", "record-send-rate", 2, Map.of("client-id", "a"));
        add("producer-metrics", "record-send-rate", 3, Map.of("client-id", "b"));
        add("producer-metrics", "request-latency-avg", 4, Map.of("client-id", "a"));
        add("producer-metrics", "request-latency-avg", 9, Map.of("client-id", "b"));
        add("producer-metrics", "buffer-available-bytes", 70, Map.of("client-id", "a"));
        add("producer-metrics", "buffer-available-bytes", 50, Map.of("client-id", "b"));
        KafkaMeters.ofProducer("ingress", () -> kafka, meters);
        assertThat(number("ipn.kafka.sent.records")).isEqualTo(5);
        assertThat(number("ipn.kafka.request.latency.seconds")).isCloseTo(0.009, within(1e-9));
        assertThat(number("ipn.kafka.send.buffer.free.bytes")).isEqualTo(50);
        assertThat(number("ipn.kafka.send.errors")).isZero();
    }

    @Test
    void numbers_of_single_topics_are_in_the_number_of_the_client_already() {
        add("consumer-fetch-manager-metrics", "records-consumed-rate", 7, Map.of("client-id", "a"));
        add("consumer-fetch-manager-metrics", "records-consumed-rate", 7, Map.of("client-id", "a", "topic", "ipn.raw"));
        add("consumer-fetch-manager-metrics", "fetch-latency-avg", Double.NaN, Map.of("client-id", "a"));
        KafkaMeters.ofStreams("processor", () -> kafka, meters);
        assertThat(number("ipn.kafka.consumed.records")).isEqualTo(7);
        assertThat(number("ipn.kafka.fetch.latency.seconds")).isZero();
    }

    private double number(String meter) {
        return meters.get(meter).gauge().value();
    }

    private void add(String group, String name, double value, Map<String, String> tags) {
        var metric = new MetricName(name, group, "", tags);
        kafka.put(metric, new Metric() {
            @Override
            public MetricName metricName() {
                return metric;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
