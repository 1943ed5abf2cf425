package ipn.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void a_valid_one_is_read_and_written() {
        var read = TraceParent.parse(VALID.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertThat(read)
                .isEqualTo(new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true))
                .extracting(TraceParent::text)
                .isEqualTo(VALID);
        assertThat(read.sampled(false).text()).isEqualTo(VALID.replaceAll("01$", "00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e473\u0666-00f067aa0ba902b7-01"
            })
    void an_invalid_one_is_none(String received) {
        assertThat(TraceParent.parse(received)).isEmpty();
        assertThat(TraceParent.parse(received.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void new_ones_are_valid_and_not_sampled() {
        var root = TraceParent.root();
        assertThat(TraceParent.parse(root.header())).contains(root);
        assertThat(root.sampled()).isFalse();
        assertThat(root.traceId()).isNotEqualTo(TraceParent.root().traceId());
        assertThat(root.child().traceId()).isEqualTo(root.traceId());
        assertThat(root.child().spanId()).isNotEqualTo(root.spanId());
        assertThat(TraceParent.parse(TraceParent.of(0, 0, 0).header())).isPresent();
    }

    @Test
    void a_share_of_all_traces_is_chosen_by_their_ids() {
        var traces = Stream.generate(TraceParent::root).limit(20_000).toList();
        assertThat(traces).allMatch(trace -> trace.isAmong(100)).noneMatch(trace -> trace.isAmong(0));
        assertThat(traces.stream().filter(trace -> trace.isAmong(10)).count()).isBetween(1_700L, 2_300L);
        assertThat(traces).allMatch(trace -> trace.isAmong(10) == trace.child().isAmong(10));
        assertThat(traces.stream().filter(trace -> trace.isAmong(1))).allMatch(trace -> trace.isAmong(2));
    }
}
