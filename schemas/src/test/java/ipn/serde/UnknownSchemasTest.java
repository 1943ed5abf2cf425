package ipn.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class UnknownSchemasTest {
    private static final SerializationException UNKNOWN =
            new SerializationException("schema", new RestClientException("Schema 7 not found", 404, 40403));
    private static final SerializationException BROKEN = new SerializationException("Unknown magic byte!");

    private final AtomicLong nanos = new AtomicLong();
    private final UnknownSchemas unknown = new UnknownSchemas(Duration.ofMillis(200), nanos::get);
    private final AtomicInteger readings = new AtomicInteger();

    @Test
    void a_schema_that_the_registry_learns_meanwhile_is_found() {
        assertThat(unknown.read(answers(UNKNOWN, UNKNOWN, null))).isEqualTo("value");
        assertThat(readings).hasValue(3);
    }

    @Test
    void a_schema_that_stays_unknown_is_a_failure_after_more_than_one_request() {
        assertThatThrownBy(() -> unknown.read(answers(UNKNOWN))).isSameAs(UNKNOWN);
        assertThat(readings).hasValueGreaterThan(1);
    }

    @Test
    void broken_bytes_are_read_once() {
        assertThatThrownBy(() -> unknown.read(answers(BROKEN))).isSameAs(BROKEN);
        assertThat(readings).hasValue(1);
    }

    @Test
    void bytes_that_turn_out_to_be_broken_end_the_wait() {
        assertThatThrownBy(() -> unknown.read(answers(UNKNOWN, BROKEN))).isSameAs(BROKEN);
        assertThat(readings).hasValue(2);
    }

    @Test
    void many_unknown_schemas_do_not_wait_one_after_another() {
        assertThatThrownBy(() -> unknown.read(answers(UNKNOWN))).isSameAs(UNKNOWN);
        readings.set(0);
        assertThatThrownBy(() -> unknown.read(answers(UNKNOWN))).isSameAs(UNKNOWN);
        assertThat(readings).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(unknown.read(answers(UNKNOWN, null))).isEqualTo("value");
    }

    /** Fails in turn, the last one for ever; null: succeeds. */
    private Supplier<String> answers(SerializationException... failures) {
        Deque<List<SerializationException>> left = new ArrayDeque<>();
        for (var failure : failures) {
            left.add(failure == null ? List.of() : List.of(failure));
        }
        return () -> {
            readings.incrementAndGet();
            var next = left.size() > 1 ? left.remove() : left.element();
            if (!next.isEmpty()) {
                throw next.get(0);
            }
            return "value";
        };
    }
}
