package ipn.serde;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import ipn.avro.Claim;
import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.avro.Order;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class BrokenValuesTest {
    private final AvroSerdes serdes = new AvroSerdes(Map.of(), new MockSchemaRegistryClient());

    @Test
    void whatever_is_wrong_with_the_bytes_is_one_type_of_exception() {
        var statuses = serdes.values(DeadLetterStatus.class);
        var status = new DeadLetterStatus("d1", DeadLetterDecision.REPLAYED, 1, "r", "ada", null, Instant.EPOCH);
        var whole = statuses.serializer().serialize("topic", status);
        for (var length = 0; length < whole.length; length++) {
            var cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> statuses.deserializer().deserialize("topic", cut))
                    .isInstanceOf(SerializationException.class);
        }
        assertThatThrownBy(() -> serdes.deserializer(Claim.class).deserialize("topic", whole))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void random_bytes_are_one_type_of_exception() {
        var random = new SplittableRandom(3);
        var orders = serdes.deserializer(Order.class);
        for (var i = 0; i < 2_000; i++) {
            var bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = 0;
            }
            assertThatThrownBy(() -> orders.deserialize("topic", bytes)).isInstanceOf(SerializationException.class);
        }
    }
}
