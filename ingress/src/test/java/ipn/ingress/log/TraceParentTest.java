package ipn.ingress.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String FORM = "00-[0-9a-f]{32}-[0-9a-f]{16}-01";

    @Test
    void a_valid_one_is_kept() {
        assertThat(TraceParent.receivedOrNew(List.of(VALID))).isEqualTo(VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            })
    void an_invalid_one_is_replaced(String received) {
        assertThat(TraceParent.receivedOrNew(List.of(received)))
                .isNotEqualTo(received)
                .matches(FORM);
    }

    @Test
    void none_or_several_are_replaced_by_a_fresh_one_each_time() {
        assertThat(TraceParent.receivedOrNew(List.of()))
                .matches(FORM)
                .isNotEqualTo(TraceParent.receivedOrNew(List.of()));
        assertThat(TraceParent.receivedOrNew(List.of(VALID, VALID)))
                .matches(FORM)
                .isNotEqualTo(VALID);
    }
}
