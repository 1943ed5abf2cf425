package ipn.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class FastAvroSerializerTest {
    private static final String SETTING = "schema.registry.url";
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();

    @Test
    void every_record_has_the_bytes_of_confluents_serializer() {
        var counted = new Counted(confluent());
        try (var fast = new FastAvroSerializer<>(counted, Claim.class, false);
                var expected = confluent()) {
            for (var number = 0; number < 50; number++) {
                var claim = claim("u_" + "x".repeat(number * 100));
                for (var topic : new String[] {"claims", "others"}) {
                    assertThat(fast.serialize(topic, claim)).isEqualTo(expected.serialize(topic, claim));
                }
            }
            assertThat(counted.calls).as("one for each topic").hasValue(2);
        }
    }

    @Test
    void what_confluents_serializer_writes_in_another_way_it_writes_for_each_record() {
        var calls = new AtomicInteger();
        Serializer<Object> encrypting = (topic, value) -> new byte[] {0, 0, 0, 0, 7, (byte) calls.incrementAndGet()};
        try (var fast = new FastAvroSerializer<>(encrypting, Claim.class, false)) {
            fast.serialize("claims", claim("u_1"));
            assertThat(fast.serialize("claims", claim("u_1"))).endsWith(2);
            assertThat(fast.serialize("claims", claim("u_1"))).endsWith(3);
        }
    }

    @Test
    void with_rules_confluents_serializer_encodes_all_records() {
        var counted = new Counted(confluent());
        try (var fast = new FastAvroSerializer<>(counted, Claim.class, true)) {
            fast.serialize("claims", claim("u_1"));
            fast.serialize("claims", claim("u_1"));
            assertThat(counted.calls).hasValue(2);
        }
    }

    @Test
    void a_failure_leaves_nothing_to_the_next_record() {
        try (var fast = new FastAvroSerializer<>(confluent(), Claim.class, false);
                var expected = confluent()) {
            var good = claim("u_1");
            fast.serialize("claims", good);
            var incomplete = new Claim();
            incomplete.put(0, "begun");

            assertThatThrownBy(() -> fast.serialize("claims", incomplete))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("not a value of Claim");
            assertThat(fast.serialize("claims", good)).isEqualTo(expected.serialize("claims", good));
            assertThat(fast.serialize("claims", null)).isNull();
        }
    }

    private KafkaAvroSerializer confluent() {
        var serializer = new KafkaAvroSerializer(registry);
        serializer.configure(Map.of(SETTING, "mock://unused"), false);
        return serializer;
    }

    private static Claim claim(String subject) {
        return Claim.newBuilder()
                .setClaimKey("stripe/main/pi_1")
                .setPaymentKey("stripe/main/pi_1")
                .setSubject(subject)
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.ONCE)
                .setStatus(ClaimStatus.PAID)
                .setAt(Instant.parse("2026-09-01T12:00:00Z"))
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 7L, false))
                .build();
    }

    private static final class Counted implements Serializer<Object> {
        private final Serializer<Object> serializer;
        private final AtomicInteger calls = new AtomicInteger();

        private Counted(Serializer<Object> serializer) {
            this.serializer = serializer;
        }

        @Override
        public byte[] serialize(String topic, Object value) {
            calls.incrementAndGet();
            return serializer.serialize(topic, value);
        }
    }
}
