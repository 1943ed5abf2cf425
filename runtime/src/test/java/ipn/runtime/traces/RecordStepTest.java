package ipn.runtime.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.topics.Headers;
import ipn.topics.RecordTrace;
import ipn.topics.TraceParent;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordStepTest {
    private static final TraceParent SENT =
            new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false);

    private final RecordStep step = RecordStep.current();

    @AfterEach
    void clear() {
        step.clear();
    }

    private static RecordTrace trace() {
        var headers = new RecordHeaders();
        headers.add(Headers.TRACEPARENT, SENT.header());
        return RecordTrace.of(headers, "ipn.raw", 0, 7, 0);
    }

    private TraceParent carried() {
        return TraceParent.parse(step.header()).orElseThrow();
    }

    @Test
    void between_two_records_nothing_is_carried() {
        assertThat(step.header()).isNull();
        assertThat(step.traceId()).isEmpty();
        var headers = new RecordHeaders();
        headers.add(Headers.TRACEPARENT, SENT.header());
        step.writeTo(headers);
        assertThat(headers).hasSize(1);
        step.begin(trace(), true);
        step.clear();
        assertThat(step.header()).isNull();
        assertThat(step.isKept()).isFalse();
    }

    @Test
    void what_follows_carries_the_context_in_place_of_another() {
        step.begin(trace(), true);
        var headers = new RecordHeaders();
        headers.add(Headers.TRACEPARENT, SENT.header()).add("other", new byte[0]);
        step.writeTo(headers);
        step.writeTo(headers);
        assertThat(headers).hasSize(2);
        assertThat(headers.lastHeader(Headers.TRACEPARENT).value())
                .isEqualTo(trace().context().sampled(true).header());
        assertThat(step.traceId()).isEqualTo(SENT.traceId());
    }

    @Test
    void a_failure_samples_what_follows() {
        step.begin(trace(), false);
        assertThat(carried().sampled()).isFalse();
        step.fail("MALFORMED");
        assertThat(carried().sampled()).isTrue();
        assertThat(step.failure()).contains("MALFORMED");
    }

    @Test
    void without_spans_a_context_is_passed_on_as_it_came_and_nothing_longer_is() {
        step.passOn(SENT.header());
        step.fail("MALFORMED");
        assertThat(carried()).isEqualTo(SENT);
        step.passOn((SENT.text() + "-more").getBytes(ISO_8859_1));
        assertThat(step.header()).isNull();
        step.passOn(null);
        assertThat(step.header()).isNull();
    }
}
