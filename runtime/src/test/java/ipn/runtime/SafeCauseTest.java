package ipn.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class SafeCauseTest {
    private static final String SECRET = "card 4242";

    @Test
    void an_exception_is_described_by_type_and_place_only() {
        assertThat(SafeCause.describe(new IllegalStateException(SECRET)))
                .startsWith("java.lang.IllegalStateException at ipn.runtime.SafeCauseTest.")
                .contains("SafeCauseTest.java:")
                .doesNotContain(SECRET);
    }

    @Test
    void an_exception_without_a_stack_trace_is_described_by_its_type() {
        var bare = new IllegalStateException(SECRET);
        bare.setStackTrace(new StackTraceElement[0]);
        assertThat(SafeCause.describe(bare)).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void errors_of_kafka_keep_their_messages_because_they_describe_the_cluster() {
        assertThat(SafeCause.describe(new TopicAuthorizationException("ipn.raw")))
                .isEqualTo("org.apache.kafka.common.errors.TopicAuthorizationException: ipn.raw");
    }

    @Test
    void causes_follow_outermost_first() {
        var thrown = new IllegalArgumentException(SECRET, new UncheckedIOException(new IOException(SECRET)));
        var chain = SafeCause.chain(thrown);
        assertThat(chain)
                .hasSize(3)
                .noneMatch(each -> each.contains(SECRET))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("java.lang.IllegalArgumentException"),
                        second -> assertThat(second).startsWith("java.io.UncheckedIOException"),
                        third -> assertThat(third).startsWith("java.io.IOException"));
    }

    @Test
    void a_chain_has_a_bound_even_where_causes_form_a_circle() {
        var first = new IllegalStateException("a");
        var second = new IllegalStateException("b", first);
        first.initCause(second);
        assertThat(SafeCause.chain(first)).hasSize(10);
        assertThat(printed(SafeCause.forLog(first))).contains("Caused by");
    }

    @Test
    void a_logger_gets_stack_traces_without_messages() {
        var printed = printed(SafeCause.forLog(new IllegalStateException(SECRET, new IOException(SECRET))));
        assertThat(printed)
                .contains("java.lang.IllegalStateException", "Caused by: java.io.IOException", "SafeCauseTest.java:")
                .doesNotContain(SECRET);
    }

    private static String printed(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
