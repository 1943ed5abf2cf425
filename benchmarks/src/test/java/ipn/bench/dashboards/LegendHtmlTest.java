package ipn.bench.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.dashboards.Board.Columns;
import ipn.bench.dashboards.Board.Panel;
import ipn.bench.dashboards.Board.Place;
import ipn.bench.dashboards.Shown.Named;
import ipn.bench.results.Chart.Point;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LegendHtmlTest {
    private static final Window WINDOW = new Window(0, 600, 15);

    /** One series for each value; one below 0 has ended in the middle. */
    private static LegendHtml legend(String name, double... values) {
        var panel = new Panel(
                "timeseries",
                "Requests",
                "",
                new Place(0, 0, 8, 8),
                new Look("none", List.of(), Map.of()),
                "",
                new Columns(Set.of(), Map.of(), Map.of(), Map.of(), List.of()),
                true,
                List.of());
        var series = IntStream.range(0, values.length)
                .mapToObj(i -> new Named(
                        name + i,
                        new Series(Map.of(), List.of(new Point(values[i] < 0 ? 300 : 600, Math.abs(values[i]))))))
                .toList();
        return LegendHtml.of(new Shown(panel, series, List.of()), WINDOW, 496);
    }

    @Test
    void short_names_are_in_several_columns() {
        var legend = legend("p", 1, 2, 3, 4, 5);
        assertThat(legend.columns()).isEqualTo(4);
        assertThat(legend.height()).isEqualTo(4 + 2 * 17);
    }

    @Test
    void long_names_have_a_row_each_and_are_whole_where_the_pointer_is() {
        var name = "razorpay/a-merchant-with-a-long-name payment.captured ".repeat(2);
        var legend = legend(name, 1, 2);
        assertThat(legend.columns()).isEqualTo(1);
        assertThat(legend.height()).isEqualTo(4 + 2 * 17);
        assertThat(legend.html()).contains("<li title=\"" + name + "0\">", "<span>" + name + "0</span>");
    }

    @Test
    void without_room_for_all_it_has_the_largest_that_go_on_and_says_how_many_more_there_are() {
        var legend = legend("a-name-that-needs-more-than-half-of-the-width ", 1, -900, 3, 4, 5, 6, 7);
        assertThat(legend.height()).isEqualTo(4 + 5 * 17);
        assertThat(legend.entries()).extracting(LegendHtml.Entry::value).containsExactly("7", "6", "5", "4");
        assertThat(legend.entries()).extracting(LegendHtml.Entry::index).containsExactly(6, 5, 4, 3);
        assertThat(legend.html()).contains("width 2 3\na-name", "width 1 –\">and 3 more</li>");
    }
}
