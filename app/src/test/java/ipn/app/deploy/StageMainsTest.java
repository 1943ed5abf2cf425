package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.access.AccessMain;
import ipn.ingress.IngressMain;
import ipn.processor.ProcessorMain;
import ipn.projector.ProjectorMain;
import ipn.query.QueryMain;
import ipn.runtime.process.StageMain;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the stages' containers read the settings file that all stages share. */
class StageMainsTest {
    private static final Path DATA = Path.of("somewhere");

    private final ComposeFile compose = ComposeFile.read();

    static Stream<StageMain> stages() {
        return Stream.of(
                IngressMain.STAGE, ProcessorMain.STAGE, ProjectorMain.STAGE, AccessMain.STAGE, QueryMain.STAGE);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void read_what_the_command_line_reads(StageMain stage) {
        var environment = compose.environment(stage.name());
        var plan = stage.plan(compose.settings(stage.name(), environment), DATA);

        var whole = compose.config(stage.name());
        assertThat(plan.kafka()).isEqualTo(whole.kafka());
        assertThat(plan.management()).isEqualTo(whole.management());
    }

    @ParameterizedTest
    @MethodSource("stages")
    void know_every_section_of_the_complete_example(StageMain stage) {
        var yaml = compose.text("app/src/test/resources/ipn/app/every-key.yaml");

        assertThat(stage.plan(Settings.parse(yaml, Map.of(), Path.of("")), DATA)
                        .kafka()
                        .clients())
                .containsEntry("bootstrap.servers", "127.0.0.1:1");
    }

    @ParameterizedTest
    @MethodSource("stages")
    void refuse_a_section_and_a_variable_that_no_stage_knows(StageMain stage) {
        var environment = new TreeMap<>(Map.of("IPN_INGRES_HOST", "x"));
        var settings = Settings.parse("progector: {threads: 1}", environment, Path.of(""));

        assertThatThrownBy(() -> stage.plan(settings, DATA))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("progector")
                .hasMessageContaining("IPN_INGRES_HOST");
    }

    @ParameterizedTest
    @MethodSource("stages")
    void refuse_a_wrong_value_in_a_section_of_their_own_and_skip_the_other_stages(StageMain stage) {
        for (var section : new String[] {"ingress", "processor", "projector", "access", "query"}) {
            var database = Map.of("IPN_QUERY_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/ipn");
            var settings = Settings.parse(section + ": {nonsense: 1}", database, Path.of(""));
            if (section.equals(stage.name())) {
                assertThatThrownBy(() -> stage.plan(settings, DATA))
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining(section + ".nonsense");
            } else {
                assertThat(stage.plan(settings, DATA).management().port()).isEqualTo(9464);
            }
        }
    }

    @Test
    void the_processor_needs_the_secrets_of_gateways_only_to_verify_records_again() {
        var example = compose.root().resolve("ipn.example.yaml");

        assertThat(ProcessorMain.STAGE
                        .plan(Settings.load(example, Map.of("IPN_PROCESSOR_REVERIFY", "none")), DATA)
                        .management()
                        .port())
                .isEqualTo(9464);
        for (var mode : List.of("all", "sample")) {
            var settings = Settings.load(example, Map.of("IPN_PROCESSOR_REVERIFY", mode));
            assertThatThrownBy(() -> ProcessorMain.STAGE.plan(settings, DATA))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("env:STRIPE_WEBHOOK_SECRET is not set");
        }
    }
}
