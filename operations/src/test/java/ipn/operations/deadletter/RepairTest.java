package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.operations.Operator;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import ipn.topics.Headers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RepairTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Settings SETTINGS = Settings.parse(
            "seal: {ingress: 'env:INGRESS', tools: 'env:TOOLS'}",
            Map.of(
                    "INGRESS", "a-secret-of-the-tests-that-is-long-enough-1",
                    "TOOLS", "a-secret-of-the-tests-that-is-long-enough-2"),
            Path.of(""));

    @Test
    void replaces_seal_and_keys_and_keeps_the_first_original_over_a_second_repair() {
        var first = make("one", dead("original", Map.of(Headers.SEAL, "of the ingress", Headers.CE_ID, "old")));
        assertThat(values(first, Headers.SEAL)).hasSize(1).doesNotContain("of the ingress");
        assertThat(values(first, Headers.CE_ID)).containsExactly("stripe/main/evt_1");
        assertThat(values(first, Headers.REPAIRED_ORIGINAL)).containsExactly("original");

        var again = new ConsumerRecord<>("ipn.dlq", 0, 2, first.key(), first.value());
        first.headers().forEach(again.headers()::add);
        var second = make("two", again);
        assertThat(second.value()).isEqualTo("two".getBytes(UTF_8));
        assertThat(values(second, Headers.REPAIRED_ORIGINAL)).containsExactly("original");
        assertThat(values(second, Headers.REPAIRED_BY)).containsExactly("ada");
        assertThat(values(second, Headers.SEAL)).hasSize(1).isNotEqualTo(values(first, Headers.SEAL));
    }

    @Test
    void both_bodies_have_a_bound() {
        assertThat(Repair.isTooLarge(Bytes.wrap(new byte[1_000]), new byte[1_000]))
                .isFalse();
        assertThat(Repair.isTooLarge(Bytes.wrap(new byte[2_000_000]), new byte[2_000_000]))
                .isTrue();
    }

    private static ProducerRecord<byte[], byte[]> make(String body, ConsumerRecord<byte[], byte[]> dead) {
        var repair = new Repair(
                Bytes.utf8(body),
                new Item(0, "stripe/main/pi_1", "stripe/main/evt_1", "invoice.paid"),
                new Operator("ada", Optional.of("case 77")),
                NOW,
                Sealer.from(SETTINGS, SealRole.TOOLS).orElseThrow());
        return repair.make(dead, DeadLetter.of(dead, new DeadLetterDecisions()), "r", 2);
    }

    private static ConsumerRecord<byte[], byte[]> dead(String body, Map<String, String> headers) {
        var record = new ConsumerRecord<>("ipn.dlq", 0, 1, "key".getBytes(UTF_8), body.getBytes(UTF_8));
        record.headers().add(Headers.ERROR_TOPIC, "ipn.raw".getBytes(UTF_8));
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    private static List<String> values(ProducerRecord<byte[], byte[]> record, String name) {
        return StreamSupport.stream(record.headers().headers(name).spliterator(), false)
                .map(header -> new String(header.value(), UTF_8))
                .toList();
    }
}
