package ipn.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertFaultsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @Test
    void every_alert_of_a_fault_is_deployed_and_its_runbook_names_an_expected_one() throws IOException {
        var deployed = ALERT.matcher(Files.readString(ROOT.resolve("deploy/alerts.yaml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        for (var fault : AlertFaults.all()) {
            var known = fault.known();
            assertThat(deployed).as(known.name()).containsAll(known.expected()).containsAll(known.also());
            var runbook = Files.readString(ROOT.resolve("docs/runbooks").resolve(known.runbook()));
            assertThat(known.expected()).as(known.name()).anyMatch(alert -> runbook.contains("`" + alert + "`"));
        }
    }

    @Test
    void owners_that_can_be_asked_are_not_named_as_what_says_that_all_is_well() {
        var owners = AlertFaults.all().stream()
                .flatMap(fault -> fault.owner().stream())
                .map(AlertFault.Owner::name)
                .toList();
        assertThat(owners).contains("kafka", "registry", "machines", "stripe").doesNotContain(DeskFiles.OVER);
    }

    @Test
    void are_found_by_name_in_the_order_that_is_asked_for() {
        assertThat(AlertFaults.named(List.of("drift", "poison")))
                .extracting(fault -> fault.known().name())
                .containsExactly("drift", "poison");
        assertThat(AlertFaults.named(List.of()))
                .extracting(fault -> fault.known().name())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(12);
        assertThatThrownBy(() -> AlertFaults.named(List.of("nothing")))
                .hasMessageContaining("--faults: nothing (expected: some of ");
    }
}
