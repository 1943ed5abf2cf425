package ipn.operations.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.topic.Position;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static Position raw(long offset) {
        return new Position("raw", 1, offset);
    }

    private static Findings missing(int count) {
        var all = new FindingCollector();
        for (var i = 0; i < count; i++) {
            all.add(Kind.MISSING_OUTCOME, raw(i));
        }
        return all.findings();
    }

    @Test
    void all_count_and_the_first_are_kept() {
        assertThat(missing(250).counts()).isEqualTo(Map.of(Kind.MISSING_OUTCOME, 250L));
        assertThat(missing(250).first()).hasSize(100).first().isEqualTo(new Finding(Kind.MISSING_OUTCOME, raw(0)));
        assertThat(missing(0)).isEqualTo(Findings.NONE).matches(Findings::isEmpty);
    }

    @Test
    void what_was_found_before_is_not_new() {
        assertThat(missing(3).since(missing(3))).isEqualTo(Findings.NONE);
        assertThat(missing(3).since(missing(2)).first()).containsExactly(new Finding(Kind.MISSING_OUTCOME, raw(2)));
        assertThat(missing(250).since(missing(200)).of(Kind.MISSING_OUTCOME)).isEqualTo(50);
        assertThat(missing(2).since(missing(3))).isEqualTo(Findings.NONE);
    }

    @Test
    void a_kind_can_be_left_out() {
        var both = new FindingCollector();
        both.addAll(missing(2));
        both.add(Kind.UNREADABLE, raw(7));
        assertThat(both.findings().without(Kind.MISSING_OUTCOME).first())
                .containsExactly(new Finding(Kind.UNREADABLE, raw(7)));
    }
}
