package ipn.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class SafeCauseTest {
    private static final String PRIVATE = "card 4242";

    private static Throwable nested(int depth) {
        Throwable cause = new IllegalArgumentException(PRIVATE);
        for (var i = 1; i < depth; i++) {
            cause = new IllegalStateException(PRIVATE + i, cause);
        }
        return cause;
    }

    private static String printed(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void an_exception_is_described_by_type_and_place_without_its_message() {
        assertThat(SafeCause.describe(nested(1)))
                .startsWith("java.lang.IllegalArgumentException at ")
                .contains("SafeCauseTest.nested")
                .doesNotContain(PRIVATE);
    }

    @Test
    void messages_of_kafkas_own_errors_are_kept() {
        assertThat(SafeCause.describe(new TimeoutException("broker 1 is away")))
                .isEqualTo("org.apache.kafka.common.errors.TimeoutException: broker 1 is away");
    }

    @Test
    void a_chain_has_every_cause_outermost_first_up_to_a_bound() {
        assertThat(SafeCause.chain(nested(3)))
                .hasSize(3)
                .noneMatch(each -> each.contains(PRIVATE))
                .first()
                .asString()
                .startsWith("java.lang.IllegalStateException");
        assertThat(SafeCause.chain(nested(50))).hasSize(10);
    }

    @Test
    void a_logger_gets_the_stack_traces_of_all_causes_without_messages() {
        var safe = printed(SafeCause.forLog(nested(2)));
        assertThat(safe)
                .startsWith("java.lang.IllegalStateException at ")
                .contains("Caused by: java.lang.IllegalArgumentException at ")
                .contains("\tat ipn.runtime.SafeCauseTest.nested(")
                .doesNotContain(PRIVATE);
        assertThat(printed(SafeCause.forLog(nested(50))).split("Caused by")).hasSize(10);
    }
}
