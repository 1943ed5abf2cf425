package ipn.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.compare.Goal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemoryReportTest {
    @Test
    void the_first_start_has_no_data_and_is_not_judged() {
        var report = report(List.of(20.0, 7.0, 9.0, 7.5), 700);

        var ready = report.figures().get(1).value("ipn up").orElseThrow();
        assertThat(ready.spread().median()).isEqualTo(7.5);
        assertThat(ready.verdict()).contains(Goal.Verdict.AIM_REACHED);
    }

    @Test
    void the_memory_of_all_processes_after_the_last_part_is_judged() {
        assertThat(total(report(List.of(7.0), 799)).verdict()).contains(Goal.Verdict.AIM_REACHED);
        assertThat(total(report(List.of(7.0), 801)).verdict()).contains(Goal.Verdict.MISSED);
    }

    private static ipn.bench.compare.Figure.Value total(MemoryReport report) {
        return report.figures().stream()
                .filter(figure -> figure.name().contains("total after 1,000"))
                .findFirst()
                .orElseThrow()
                .value("ipn up")
                .orElseThrow();
    }

    private static MemoryReport report(List<Double> starts, long mib) {
        var before = new Resident(0, new TreeMap<>(Map.of("up", 300L)), new TreeMap<>());
        var after = new Resident(1_000, new TreeMap<>(Map.of("up", mib - 200, "broker", 200L)), new TreeMap<>());
        return new MemoryReport(starts, List.of(before, after), List.of(before, after));
    }
}
