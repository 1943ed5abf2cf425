package ipn.bench.plot;

import static ipn.bench.plot.Markup.escaped;

import java.util.List;
import java.util.Locale;

/** Writes an SVG image, element by element. Text is in the sans-serif font of the viewer, on a white background. */
final class Svg {
    /** Where a text is, relative to its position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
        rectangle(0, 0, width, height, "#ffffff");
    }

    void rectangle(double x, double y, double w, double h, String fill) {
        add("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>", n(x), n(y), n(w), n(h), fill);
    }

    /** @param title what the viewer says where the pointer is over it */
    void rectangle(double x, double y, double w, double h, String fill, String title) {
        add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"><title>%s</title></rect>",
                n(x), n(y), n(w), n(h), fill, escaped(title));
    }

    void line(double x1, double y1, double x2, double y2, String stroke, double strokeWidth) {
        add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>",
                n(x1), n(y1), n(x2), n(y2), stroke, n(strokeWidth));
    }

    void dashedLine(double x1, double y1, double x2, double y2, String stroke) {
        add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"1\" stroke-dasharray=\"4 3\"/>",
                n(x1), n(y1), n(x2), n(y2), stroke);
    }

    /** @param points pairs of x and y */
    void polyline(List<double[]> points, String stroke) {
        var all = String.join(
                " ",
                points.stream().map(point -> n(point[0]) + "," + n(point[1])).toList());
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"/>",
                all, stroke);
    }

    void circle(double x, double y, double radius, String fill) {
        add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>", n(x), n(y), n(radius), fill);
    }

    void text(double x, double y, int size, Anchor anchor, String fill, String text) {
        add(
                "<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                n(x), n(y), Integer.toString(size), anchor.name().toLowerCase(Locale.ROOT), fill, escaped(text));
    }

    void boldText(double x, double y, int size, String fill, String text) {
        add(
                "<text x=\"%s\" y=\"%s\" font-size=\"%s\" font-weight=\"bold\" fill=\"%s\">%s</text>",
                n(x), n(y), Integer.toString(size), fill, escaped(text));
    }

    private void add(String format, Object... values) {
        body.append("  ").append(format.formatted(values)).append('\n');
    }

    /** The whole image. */
    String image() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" font-family="Helvetica, Arial, sans-serif">
                %3$s</svg>
                """.formatted(width, height, body);
    }

    private static String n(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
