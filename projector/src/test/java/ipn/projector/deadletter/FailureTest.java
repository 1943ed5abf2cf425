package ipn.projector.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.RecordPosition;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Optional<String> DETAIL = Optional.of("amount: below zero");
    private static final String ORIGIN = "stripe/main charge.succeeded";
    private static final Failure FAILURE =
            new Failure("processor", Reason.INVALID_AMOUNT, DETAIL, ORIGIN, at("ipn.raw", 3, 17), NOON);

    @Test
    void the_position_of_the_record_is_the_id_of_its_dead_letter() {
        assertThat(FAILURE.position()).isEqualTo("ipn.raw-3-17");
    }

    @Test
    void the_fingerprint_is_sixteen_hexadecimal_digits() {
        assertThat(FAILURE.fingerprint()).matches("[0-9a-f]{16}");
    }

    @Test
    void failures_of_other_records_at_other_times_with_the_same_cause_have_the_same_fingerprint() {
        var later = new Failure(
                "processor", Reason.INVALID_AMOUNT, DETAIL, ORIGIN, at("ipn.raw", 4, 99), NOON.plusSeconds(60));
        assertThat(later.fingerprint()).isEqualTo(FAILURE.fingerprint());
        assertThat(later.position()).isNotEqualTo(FAILURE.position());
    }

    static Stream<Failure> others() {
        var source = FAILURE.source();
        return Stream.of(
                new Failure("projector", Reason.INVALID_AMOUNT, DETAIL, ORIGIN, source, NOON),
                new Failure("processor", Reason.MALFORMED, DETAIL, ORIGIN, source, NOON),
                new Failure("processor", Reason.INVALID_AMOUNT, Optional.empty(), ORIGIN, source, NOON),
                new Failure("processor", Reason.INVALID_AMOUNT, Optional.of("fee: below zero"), ORIGIN, source, NOON),
                new Failure("processor", Reason.INVALID_AMOUNT, DETAIL, "paypal/main sale", source, NOON));
    }

    @ParameterizedTest
    @MethodSource("others")
    void another_stage_reason_detail_or_origin_is_another_cause(Failure other) {
        assertThat(other.fingerprint()).isNotEqualTo(FAILURE.fingerprint());
    }

    private static RecordPosition at(String topic, int partition, long offset) {
        return new RecordPosition(topic, partition, offset);
    }
}
