package ipn.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ipn.app.command.EveryCommand.Leaf;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command that needs Kafka or the schema registry, from the model of the command line, where neither answers. */
class NoAnswerTest {
    private static final String KAFKA = "kafka 127.0.0.1:1: no answer within 0.2 s (expected: a broker; ";
    private static final String REGISTRY =
            "schema registry http://127.0.0.1:1: no answer (expected: a schema registry; ";

    private final Console console = new Console(Map.of(
            "IPN_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
            "IPN_KAFKA_DEFAULT_API_TIMEOUT_MS", "200",
            "IPN_SCHEMA_REGISTRY_URL", "http://127.0.0.1:1"));

    static Stream<Leaf> needs_kafka() {
        return EveryCommand.leaves(new Console(Map.of()).line())
                .filter(leaf -> !Commands.WITHOUT_KAFKA.contains(leaf.name()));
    }

    @ParameterizedTest
    @MethodSource("needs_kafka")
    void no_answer_is_no_finding_but_exit_code_3(Leaf leaf) {
        var exit = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> console.run(leaf.right()));
        assertThat(exit).as(console.errors()).isEqualTo(3);
        assertThat(console.errors()).containsAnyOf(KAFKA, REGISTRY).doesNotContain("Exception");
    }

    @Test
    void everything_that_does_not_answer_is_reported_at_once() {
        assertThat(console.run("payment", "show", "stripe/main/pi_1")).isEqualTo(3);
        assertThat(console.errors()).contains(KAFKA).contains(REGISTRY);
    }

    @Test
    void a_command_about_topics_needs_no_schema_registry_and_one_about_schemas_no_broker() {
        assertThat(console.run("topics", "check")).isEqualTo(3);
        assertThat(console.errors()).contains(KAFKA).doesNotContain(REGISTRY);
        var other = new Console(Map.of("IPN_SCHEMA_REGISTRY_URL", "http://127.0.0.1:1"));
        assertThat(other.run("schemas", "check")).isEqualTo(3);
        assertThat(other.errors()).contains(REGISTRY).doesNotContain("kafka");
    }

    @Test
    void the_help_of_each_command_that_needs_kafka_has_exit_code_3() {
        assertThat(needs_kafka())
                .isNotEmpty()
                .allMatch(leaf -> leaf.line()
                        .getCommandSpec()
                        .usageMessage()
                        .exitCodeList()
                        .containsKey("3"));
    }
}
