package ipn.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RawRecordsTest {
    @Test
    void ids_change_everywhere_and_sizes_stay() {
        var record = record("stripe/main/pi_p1n7");
        record.headers().add("ce_id", "evt_p1n7".getBytes(UTF_8));

        var sent = new RawRecords(List.of(record), "p1").to("input", "p2").get(0);

        assertThat(new String(sent.key(), UTF_8)).isEqualTo("stripe/main/pi_p2n7");
        assertThat(new String(sent.value(), UTF_8)).isEqualTo("{p2, p2p2p, p3}");
        assertThat(new String(sent.headers().lastHeader("ce_id").value(), UTF_8))
                .isEqualTo("evt_p2n7");
        assertThat(new String(record.value(), UTF_8)).isEqualTo("{p1, p1p1p, p3}");
    }

    @Test
    void a_key_that_would_stay_the_same_is_refused() {
        var records = new RawRecords(List.of(record("stripe/main/other")), "p1");

        assertThatThrownBy(() -> records.to("input", "p2")).hasMessageContaining("expected: one that contains p1");
    }

    @Test
    void a_tag_of_another_length_is_refused() {
        var records = new RawRecords(List.of(record("stripe/main/p1")), "p1");

        assertThatThrownBy(() -> records.to("input", "p10")).hasMessageContaining("p10");
    }

    private static ConsumerRecord<byte[], byte[]> record(String key) {
        return new ConsumerRecord<>("raw", 0, 0, key.getBytes(UTF_8), "{p1, p1p1p, p3}".getBytes(UTF_8));
    }
}
