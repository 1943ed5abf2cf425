package ipn.bench.dashboards;

import ipn.bench.dashboards.Board.Mark;
import ipn.bench.plot.Band;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bands of alerts in charts. */
final class AlertBands {
    private static final String NAME = "alertname";

    private AlertBands() {}

    /** Where each series has points. A point stands for the time until the next one. */
    static List<Band> of(Mark mark, List<Series> series, long step) {
        var bands = new ArrayList<Band>();
        for (var each : series) {
            var title = each.name(mark.title()).replaceAll("\\s+", " ");
            var name = each.labels().getOrDefault(NAME, title);
            var detail = "%s: %s".formatted(mark.level().name().toLowerCase(Locale.ROOT), title);
            Band open = null;
            for (var point : each.points()) {
                if (open != null && point.x() <= open.to()) {
                    open = new Band(open.from(), point.x() + step, mark.level(), name, detail);
                    bands.set(bands.size() - 1, open);
                } else {
                    open = new Band(point.x(), point.x() + step, mark.level(), name, detail);
                    bands.add(open);
                }
            }
        }
        return bands;
    }
}
