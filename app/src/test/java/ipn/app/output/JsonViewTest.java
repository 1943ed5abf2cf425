package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonViewTest {
    private record Line(String name, Optional<Instant> at, Optional<String> nothing, List<Integer> counts) {}

    @Test
    void records_become_objects_with_times_in_iso_8601_and_nothing_as_null() {
        var line = new Line("x", Optional.of(Instant.EPOCH), Optional.empty(), List.of(1, 2));
        assertThat(JsonView.pretty(line).replaceAll("\\s", ""))
                .isEqualTo("{\"name\":\"x\",\"at\":\"1970-01-01T00:00:00Z\",\"nothing\":null,\"counts\":[1,2]}");
    }

    @Test
    void avro_records_become_objects_of_their_fields() {
        var cause = new Cause("stripe/main/evt_1", "ipn.raw", 3, 9L, false);
        assertThat(JsonView.plain(cause))
                .isEqualTo(Map.of(
                        "eventKey",
                        "stripe/main/evt_1",
                        "topic",
                        "ipn.raw",
                        "partition",
                        3,
                        "offset",
                        9L,
                        "byClock",
                        false));
    }
}
