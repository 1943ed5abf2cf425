package ipn.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorTest {
    @Test
    void an_operator_without_a_name_is_refused() {
        assertThatThrownBy(() -> new Operator(" ", Optional.empty())).hasMessageContaining("by: 0 characters");
    }

    @Test
    void a_blank_reason_is_none() {
        assertThat(new Operator("ada", Optional.of("  ")).why()).isEmpty();
        assertThatThrownBy(() -> new Operator("ada", Optional.of(" ")).requireReason())
                .hasMessageContaining("why: missing");
    }

    @Test
    void a_reason_has_a_bound() {
        assertThatThrownBy(() -> new Operator("ada", Optional.of("x".repeat(1_001))))
                .hasMessage("why: 1001 characters (expected: at most 1000)");
    }
}
