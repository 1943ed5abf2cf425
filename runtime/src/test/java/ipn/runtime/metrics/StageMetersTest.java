package ipn.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StageMetersTest {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) ");
    /** Shown only after a collection of garbage, or by some collectors. */
    private static final Set<String> LATER = Set.of("jvm_gc_pause_seconds");

    @Test
    void the_jvm_shows_what_the_table_lists_and_nothing_else() {
        try (var meters = StageMeters.create()) {
            var shown = TYPE.matcher(meters.registry().scrape())
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !name.startsWith("jvm_gc_pause_seconds"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(shown).isEqualTo(listed());
        }
    }

    private static Set<String> listed() {
        return Arrays.stream(Metric.values())
                .map(Metric::series)
                .filter(series -> !series.startsWith("ipn_") && !LATER.contains(series))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void a_meter_that_is_not_in_the_table_is_not_shown() {
        try (var meters = StageMeters.create()) {
            meters.registry().counter("ipn.surprise", "name", "value").increment();
            assertThat(meters.registry().scrape()).doesNotContain("surprise");
        }
    }
}
