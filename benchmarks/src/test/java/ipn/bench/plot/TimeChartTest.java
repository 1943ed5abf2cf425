package ipn.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ipn.bench.plot.Band.Level;
import ipn.bench.plot.TimeChart.Plot;
import ipn.bench.results.Chart.Line;
import ipn.bench.results.Chart.Point;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** 502 wide, so that the lines have 408, from 74 to 482. */
class TimeChartTest {
    private static final Pattern BACKGROUND = Pattern.compile(
            "<rect x=\"([^\"]+)\" y=\"8\" width=\"([^\"]+)\"[^>]*fill=\"([^\"]+)\"><title>([^<]*)</title>");
    private static final Pattern NAME = Pattern.compile(
            "<text x=\"([^\"]+)\" y=\"([^\"]+)\" font-size=\"10\" text-anchor=\"start\" fill=\"[^\"]+\">([^<]+)</text>");

    private static String chart(Band... bands) {
        var line = new Line("a", List.of(new Point(0, 1), new Point(60, 3), new Point(400, 2)));
        return TimeChart.svg(
                502, 200, new Plot(0, 408, 100, 1, List.of(line), List.of(bands), value -> Double.toString(value)));
    }

    private static Band band(double from, double to, Level level, String name) {
        return new Band(from, to, level, name, level + " " + name);
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    @Test
    void points_with_too_much_time_between_them_are_not_connected() {
        assertThat(chart())
                .contains("<polyline points=\"74,", "<circle cx=\"474\"")
                .containsOnlyOnce("<polyline");
    }

    @Test
    void a_page_and_a_ticket_have_backgrounds_of_two_colours_and_say_their_alerts() {
        var chart = chart(band(0, 100, Level.TICKET, "IpnDrift"), band(200, 300, Level.PAGE, "IpnOutage"));
        assertThat(found(BACKGROUND, chart))
                .extracting(part -> part.group(3), part -> part.group(4))
                .containsExactly(tuple("#ffeecb", "TICKET IpnDrift"), tuple("#ffd8d3", "PAGE IpnOutage"));
    }

    @Test
    void where_several_alerts_fire_the_background_says_all_and_has_the_colour_of_the_page() {
        var chart = chart(band(0, 200, Level.TICKET, "IpnDrift"), band(100, 300, Level.PAGE, "IpnOutage"));
        assertThat(found(BACKGROUND, chart))
                .extracting(part -> part.group(1) + " " + part.group(2) + " " + part.group(4))
                .containsExactly(
                        "74 100 TICKET IpnDrift", "174 100 PAGE IpnOutage\nTICKET IpnDrift", "274 100 PAGE IpnOutage");
    }

    @Test
    void names_are_where_their_bands_begin_and_never_overlap() {
        var bands = IntStream.range(0, 12)
                .mapToObj(i -> band(i * 30, i * 30 + 45, i % 2 == 0 ? Level.PAGE : Level.TICKET, "IpnAlertNumber" + i))
                .toArray(Band[]::new);
        var names = found(NAME, chart(bands));
        assertThat(names).hasSizeGreaterThan(4);
        assertThat(names.get(0).group(1) + names.get(0).group(3)).isEqualTo("74IpnAlertNumber0");
        for (var one : names) {
            assertThat(names)
                    .filteredOn(other -> other != one && other.group(2).equals(one.group(2)))
                    .allSatisfy(other -> assertThat(Math.abs(x(one) - x(other)))
                            .isGreaterThan(6.3
                                    * Math.min(
                                            one.group(3).length(),
                                            other.group(3).length())));
        }
    }

    @Test
    void without_room_for_all_names_those_of_pages_are_there_and_the_others_are_counted() {
        var pages = IntStream.range(0, 4).mapToObj(i -> band(300, 350, Level.PAGE, "IpnPage" + i));
        var tickets = IntStream.range(0, 3).mapToObj(i -> band(0, 408, Level.TICKET, "IpnTicket" + i));
        assertThat(found(NAME, chart(Stream.concat(tickets, pages).toArray(Band[]::new))))
                .extracting(name -> name.group(3))
                .containsExactly("IpnPage0", "IpnPage1", "IpnPage2", "IpnPage3", "and 3 more");
    }

    private static double x(MatchResult name) {
        return Double.parseDouble(name.group(1));
    }

    @Test
    void the_name_of_a_band_at_the_right_edge_ends_there() {
        var name = found(NAME, chart(band(400, 420, Level.PAGE, "IpnIngressNotReady")))
                .get(0);
        assertThat(x(name)).isBetween(365.0, 375.0);
    }

    @Test
    void an_alert_that_fires_again_and_again_is_named_once_with_a_bar_for_each_time() {
        var chart = chart(band(0, 10, Level.PAGE, "IpnOutage"), band(100, 110, Level.PAGE, "IpnOutage"));
        assertThat(found(NAME, chart)).hasSize(1);
        assertThat(chart)
                .contains("<line x1=\"74\" y1=\"19\" x2=\"84\" y2=\"19\" stroke=\"#a40e26\" stroke-width=\"2\"/>")
                .contains("<line x1=\"174\" y1=\"19\" x2=\"184\" y2=\"19\" stroke=\"#a40e26\" stroke-width=\"2\"/>");
    }

    @Test
    void lines_are_below_the_names() {
        assertThat(chart()).contains("y1=\"8\"");
        assertThat(chart(band(0, 10, Level.PAGE, "IpnOutage")))
                .contains("<line x1=\"74\" y1=\"22\" x2=\"74\" y2=\"178\"");
    }
}
