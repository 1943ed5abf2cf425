package ipn.simulator.template;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XML document or element with placeholders in its text. White space between elements is layout and is not sent. A value of type
 * {@link Xml} becomes elements, any other becomes text.
 */
public final class XmlTemplate {
    /** An element that contains only an optional placeholder. */
    private static final Pattern OPTIONAL = Pattern.compile("<([a-z-]+)>(\\$\\{[a-z_.-]+\\?})</\\1>");

    private static final Pattern LAYOUT = Pattern.compile("(?<!\\?)>\\s+<");

    private final String text;
    private final Placeholders placeholders;

    private XmlTemplate(String text, Placeholders placeholders) {
        this.text = text;
        this.placeholders = placeholders;
    }

    /** The elements of a filled template. */
    public record Xml(String text) {}

    /** Reads a template, for example {@code braintree/transaction.xml}. */
    public static XmlTemplate load(String name) {
        var text = LAYOUT.matcher(TemplateFile.read(name).strip()).replaceAll("><");
        return new XmlTemplate(text, Placeholders.in(name, text));
    }

    public Xml fill(TemplateValues values) {
        placeholders.requireAllUsed(values);
        var present = OPTIONAL.matcher(text).replaceAll(element -> ifPresent(element, values));
        return new Xml(placeholders.fill(present, values, XmlTemplate::written).orElseThrow());
    }

    private String ifPresent(MatchResult element, TemplateValues values) {
        var value = placeholders.value(Placeholders.inner(element.group(2)), values);
        return value.isPresent() ? Matcher.quoteReplacement(element.group()) : "";
    }

    private static String written(Object value) {
        return value instanceof Xml xml
                ? xml.text()
                : value.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
