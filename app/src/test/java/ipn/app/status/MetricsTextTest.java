package ipn.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
    @Test
    void samples_with_and_without_labels() {
        var text = """
                # HELP a_total text
                # TYPE a_total counter
                a_total{x="1",y="a \\"b\\" \\\\ c, d={}"} 2.5
                b 1.0E9
                c{le="+Inf"} +Inf
                d NaN
                """;
        assertThat(MetricsText.parse(text))
                .startsWith(
                        new Sample("a_total", Map.of("x", "1", "y", "a \"b\" \\ c, d={}"), 2.5),
                        new Sample("b", Map.of(), 1e9),
                        new Sample("c", Map.of("le", "+Inf"), Double.POSITIVE_INFINITY))
                .hasSize(4);
    }

    @Test
    void what_is_no_sample_is_skipped() {
        assertThat(MetricsText.parse("<html>\n\na{x=1\nb notanumber\n{} 1")).isEmpty();
    }
}
