package ipn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ipn.access.AccessMain;
import ipn.ingress.IngressMain;
import ipn.processor.ProcessorMain;
import ipn.projector.ProjectorMain;
import ipn.query.QueryMain;
import ipn.runtime.process.StageMain;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stage needs only the secrets that it uses: as a command, and as the program of a container. */
class StageSecretsTest {
    private static final String YAML = """
            gateways: {stripe: {main: {mode: live, secrets: ["env:STRIPE"], account: any}}}
            seal: {ingress: "env:INGRESS_SEAL", tools: "env:TOOLS_SEAL"}
            processor: {reverify: %s}
            query: {jdbc-url: "jdbc:postgresql://127.0.0.1:3/ipn", password: "env:POSTGRES", services: {reports: {tokens: ["env:REPORTS"], roles: [viewer]}}}
            access: {services: {shop: {tokens: ["env:SHOP"], roles: [checkout]}}}
            kafka: {bootstrap.servers: "127.0.0.1:1", sasl.jaas.config: "env:KAFKA"}
            schema-registry: {url: "http://127.0.0.1:2"}
            """;
    private static final Map<String, String> VALUES = Map.of(
            "STRIPE", "whsec_0123456789abcdef0123456789",
            "INGRESS_SEAL", "ingress-seal-0123456789-0123456789",
            "TOOLS_SEAL", "tools-seal-0123456789-0123456789",
            "POSTGRES", "a-password-of-postgres",
            "REPORTS", "reports-0123456789-0123456789-0123",
            "SHOP", "shop-0123456789-0123456789-0123456",
            "KAFKA", "Module required password=\"p\";");
    private static final Map<String, StageMain> STAGES = Map.of(
            "ingress",
            IngressMain.STAGE,
            "processor",
            ProcessorMain.STAGE,
            "projector",
            ProjectorMain.STAGE,
            "access",
            AccessMain.STAGE,
            "query",
            QueryMain.STAGE);

    @ParameterizedTest
    @CsvSource({
        "ingress, all, STRIPE INGRESS_SEAL KAFKA",
        "processor, all, STRIPE INGRESS_SEAL TOOLS_SEAL KAFKA",
        "processor, none, INGRESS_SEAL TOOLS_SEAL KAFKA",
        "projector, all, KAFKA",
        "access, all, SHOP KAFKA",
        "query, all, POSTGRES REPORTS KAFKA"
    })
    void needs_no_other(String stage, String reverify, String needed) {
        var names = List.of(needed.split(" "));
        assertThat(problems(stage, reverify, names)).isEmpty();
        for (var name : names) {
            var others = names.stream().filter(each -> !each.equals(name)).toList();
            assertThat(problems(stage, reverify, others))
                    .as("%s without %s", stage, name)
                    .anyMatch(problem -> problem.contains("env:" + name + " is not set"))
                    .noneMatch(problem -> others.stream().anyMatch(other -> problem.contains("env:" + other)));
        }
    }

    /** The problems of the command, which are those of the container. */
    private static List<String> problems(String stage, String reverify, List<String> variables) {
        var asCommand = problems(() -> IpnConfig.ofStage(STAGES.get(stage), settings(reverify, variables), data()));
        var inContainer = problems(() -> STAGES.get(stage).plan(settings(reverify, variables), data()));
        assertThat(asCommand).isEqualTo(inContainer);
        return asCommand;
    }

    @Test
    void a_command_verifies_the_sections_of_the_other_stages_as_well() {
        var settings = Settings.parse("projector: {threads: 0}\nproducts: {x: {}}\nnonsense: 1", Map.of(), Path.of(""));

        assertThat(problems(() -> IpnConfig.ofStage(IngressMain.STAGE, settings, data())))
                .anyMatch(problem -> problem.startsWith("projector.threads: 0"))
                .anyMatch(problem -> problem.startsWith("products.x"))
                .anyMatch(problem -> problem.startsWith("nonsense: unknown"));
    }

    private static List<String> problems(Runnable reading) {
        var thrown = catchThrowableOfType(SettingsException.class, reading::run);
        return thrown == null ? List.of() : thrown.problems();
    }

    private static Settings settings(String reverify, List<String> variables) {
        var environment = new HashMap<>(VALUES);
        environment.keySet().retainAll(variables);
        return Settings.parse(YAML.formatted(reverify), environment, Path.of(""));
    }

    private static Path data() {
        return Path.of("somewhere");
    }
}
