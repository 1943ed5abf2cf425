package ipn.operations.reconcile.match;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.reconcile.TestReports;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlantedDifferencesTest {
    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void planted_differences_are_found_all_and_only_those(long seed) {
        var planted = new PlantedReport(seed, 40);
        var found = new HashSet<String>();
        var account = TestReports.account("stripe", "main");
        var matcher = new ReportMatcher(
                account.id(),
                LineChoice.ALL,
                0,
                finding -> assertThat(found.add(shown(finding)))
                        .as("reported once: %s", finding)
                        .isTrue());
        planted.states.forEach(matcher::addState);
        TestReports.read(planted.csv.toString(), account, TestReports.layout("stripe", "activity", ""))
                .forEach(matcher::addLine);

        var comparison = matcher.compare();

        assertThat(found).isEqualTo(planted.expected);
        assertThat(comparison.findings()).isEqualTo(planted.expected.size());
        assertThat(comparison.agrees()).isEqualTo(planted.expected.equals(Set.of()));
    }

    private static String shown(Finding finding) {
        return finding.what() + " " + (finding.id() == null ? finding.line() : finding.id());
    }
}
