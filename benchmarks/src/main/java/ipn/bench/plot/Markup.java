package ipn.bench.plot;

/** Text in HTML and SVG. Labels come from outside, so everything is escaped. */
public final class Markup {
    private Markup() {}

    /** The text, as it may stand between tags or in a quoted attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
