package ipn.bench.twin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.EntitlementStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TwinEventTest {
    private static byte[] event(String until) {
        return """
                {"key":"u_1/premium","subject":"u_1","status":"ACTIVE","until":%s,"revision":3,"cause":"stripe/main/evt_1"}""".formatted(until).getBytes(UTF_8);
    }

    @Test
    void an_event_is_read_with_its_end_and_cause() {
        var bytes = event("\"2026-12-01T00:00:00Z\"");
        assertThat(TwinEvent.read(bytes))
                .isEqualTo(
                        new Emitted("u_1/premium", 3, EntitlementStatus.ACTIVE, Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(TwinEvent.cause(bytes)).isEqualTo("stripe/main/evt_1");
    }

    @Test
    void an_event_without_an_end_has_none() {
        assertThat(TwinEvent.read(event("null")).until()).isNull();
    }
}
