package ipn.serde;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.RejectedAttempt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

/** What Avro finds as services in this jar, without any call of ours. */
class AvroSetUpTest {
    private static final Instant TIME = Instant.parse("2026-06-01T12:00:00Z");

    private static RejectedAttempt attempt() {
        return RejectedAttempt.newBuilder()
                .setGateway("stripe")
                .setAccount("main")
                .setReason("SIGNATURE_WRONG")
                .setBodyBytes(2)
                .setBodySha256("00")
                .setHeaderNames(List.of("host"))
                .setSuppressed(0)
                .setReceivedAt(TIME)
                .build();
    }

    @Test
    void a_record_read_from_bytes_is_of_its_own_class_and_equals_the_one_written() {
        var values =
                AvroSerdes.of(Map.of("schema.registry.url", "mock://set-up")).values(RejectedAttempt.class);
        var bytes = values.serializer().serialize("topic", attempt());
        assertThat(values.deserializer().deserialize("topic", bytes)).isEqualTo(attempt());
    }

    @Test
    void lists_of_optional_instants_can_be_compared() {
        var instant = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        var list = Schema.createArray(Schema.createUnion(Schema.create(Schema.Type.NULL), instant));
        var one = new GenericData.Array<>(list, List.of(TIME));
        assertThat((Object) one).isEqualTo(new GenericData.Array<>(list, List.of(TIME)));
        assertThat((Object) one).isNotEqualTo(new GenericData.Array<>(list, List.of(TIME.plusSeconds(1))));
    }

    @Test
    void only_our_records_are_trusted() {
        assertThat(GenericData.get().getConversions()).isNotEmpty();
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(RejectedAttempt.class))
                .isTrue();
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(ProcessBuilder.class))
                .isFalse();
    }
}
