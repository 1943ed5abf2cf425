package ipn.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecordTraceTest {
    private static final TraceParent WRITER =
            new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    private static final long AT = 1_795_926_118_000L;

    @Test
    void a_record_continues_the_trace_of_its_writer() {
        var trace = RecordTrace.of(written(), "ipn.raw", 3, 17, AT);
        assertThat(trace.parent()).contains(WRITER);
        assertThat(trace.link()).isEmpty();
        assertThat(trace.context().traceId()).isEqualTo(WRITER.traceId());
        assertThat(trace.context().sampled()).isTrue();
    }

    @Test
    void a_record_that_is_read_again_has_the_same_ids_and_another_has_others() {
        assertThat(RecordTrace.of(written(), "ipn.raw", 3, 17, AT))
                .isEqualTo(RecordTrace.of(written(), "ipn.raw", 3, 17, AT));
        assertThat(RecordTrace.of(new RecordHeaders(), "ipn.raw", 3, 17, AT))
                .isEqualTo(RecordTrace.of(new RecordHeaders(), "ipn.raw", 3, 17, AT));

        var spans = new HashSet<String>();
        for (var partition = 0; partition < 32; partition++) {
            for (var offset = 0; offset < 1_000; offset++) {
                spans.add(RecordTrace.of(written(), "ipn.raw", partition, offset, AT)
                        .context()
                        .spanId());
            }
        }
        spans.add(RecordTrace.of(written(), "ipn.outcomes", 0, 0, AT).context().spanId());
        assertThat(spans).hasSize(32_001);
    }

    @Test
    void a_replay_begins_a_trace_that_links_to_the_first() {
        var headers = written();
        headers.add(Headers.REPLAY_ID, "r_1".getBytes(UTF_8));
        var trace = RecordTrace.of(headers, "ipn.raw", 3, 99, AT);
        assertThat(trace.parent()).isEmpty();
        assertThat(trace.link()).contains(WRITER);
        assertThat(trace.context().traceId()).isNotEqualTo(WRITER.traceId());
        assertThat(trace.context().sampled()).isFalse();
        assertThat(TraceParent.parse(trace.context().header())).contains(trace.context());
    }

    @Test
    void a_record_with_a_header_of_anybody_begins_a_trace() {
        var headers = new RecordHeaders();
        headers.add(Headers.TRACEPARENT, new byte[] {-1, 0, 7});
        assertThat(RecordTrace.of(headers, "ipn.orders", 0, 0, AT).parent()).isEmpty();
        headers.add(Headers.TRACEPARENT, null);
        assertThat(RecordTrace.of(headers, "ipn.orders", 0, 0, AT).link()).isEmpty();
    }

    private static RecordHeaders written() {
        var headers = new RecordHeaders();
        headers.add(Headers.TRACEPARENT, WRITER.header());
        return headers;
    }
}
