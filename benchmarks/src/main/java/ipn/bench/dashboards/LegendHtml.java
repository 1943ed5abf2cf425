package ipn.bench.dashboards;

import static ipn.bench.plot.Markup.escaped;

import ipn.bench.plot.Colours;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The legend of a chart, in columns of equal rows, so that its height is known before it is drawn. Without room for all lines it has those
 * with a value at the end and with the largest values, and says how many more there are.
 */
record LegendHtml(List<Entry> entries, List<Entry> left, int columns) {
    private static final int ROWS_MAX = 5;
    private static final int COLUMNS_MAX = 4;
    private static final int ROW = 17;
    private static final int MARGIN = 4;
    /** Of a wide font: which one the viewer has is not known. */
    private static final double CHARACTER = 7.2;
    /** The mark of the colour, and the gaps. */
    private static final int AROUND = 40;

    private static final String ENDED = "–";

    LegendHtml {
        entries = List.copyOf(entries);
        left = List.copyOf(left);
    }

    /**
     * One line of the chart.
     *
     * @param index of its colour
     * @param value empty: the panel shows none
     */
    record Entry(int index, String name, String value, double largest) {
        private double width() {
            return AROUND + (name.length() + value.length()) * CHARACTER;
        }

        private boolean hasEnded() {
            return value.equals(ENDED);
        }

        private String text() {
            return value.isEmpty() ? name : name + " " + value;
        }
    }

    static LegendHtml of(Shown shown, Window window, int width) {
        var all = IntStream.range(0, shown.series().size())
                .mapToObj(i -> entry(shown, window, i))
                .toList();
        var widest = all.stream().mapToDouble(Entry::width).max().orElse(width);
        var columns = (int) Math.max(1, Math.min(Math.min(COLUMNS_MAX, all.size()), width / widest));
        var room = columns * ROWS_MAX;
        if (all.size() <= room) {
            return new LegendHtml(all, List.of(), columns);
        }
        var sorted = all.stream()
                .sorted(Comparator.comparing(Entry::hasEnded)
                        .thenComparing(
                                Comparator.comparingDouble(Entry::largest).reversed()))
                .toList();
        return new LegendHtml(sorted.subList(0, room - 1), sorted.subList(room - 1, sorted.size()), columns);
    }

    private static Entry entry(Shown shown, Window window, int index) {
        var named = shown.series().get(index);
        var end = named.series().at(window);
        var look = shown.panel().look();
        var value = !shown.panel().last() ? "" : end.isEmpty() ? ENDED : look.text(end.getAsDouble());
        return new Entry(index, named.name(), value, named.series().largest());
    }

    int height() {
        var cells = entries.size() + (left.isEmpty() ? 0 : 1);
        return MARGIN + (cells + columns - 1) / columns * ROW;
    }

    String html() {
        var more = left.isEmpty()
                ? ""
                : "<li title=\"%s\">and %d more</li>%n"
                        .formatted(
                                escaped(left.stream().map(Entry::text).collect(Collectors.joining("\n"))), left.size());
        return "<ul style=\"grid-template-columns: repeat(%d, minmax(0, max-content))\">%n%s%s</ul>%n"
                .formatted(columns, entries.stream().map(LegendHtml::html).collect(Collectors.joining()), more);
    }

    private static String html(Entry entry) {
        return "<li title=\"%s\"><i style=\"background: %s\"></i><span>%s</span>%s</li>%n"
                .formatted(
                        escaped(entry.name()),
                        Colours.of(entry.index()),
                        escaped(entry.name()),
                        entry.value().isEmpty() ? "" : " <b>%s</b>".formatted(escaped(entry.value())));
    }
}
