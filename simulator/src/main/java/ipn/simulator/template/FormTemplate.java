package ipn.simulator.template;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A form with one field a line, {@code name=value}, whose values may have placeholders. */
public final class FormTemplate {
    private final List<String[]> fields;
    private final Charset charset;
    private final Placeholders placeholders;

    private FormTemplate(List<String[]> fields, Charset charset, Placeholders placeholders) {
        this.fields = fields;
        this.charset = charset;
        this.placeholders = placeholders;
    }

    /**
     * Reads a template, for example {@code paypal-ipn/sale.form}.
     *
     * @param charset of the form that is sent
     */
    public static FormTemplate load(String name, Charset charset) {
        var text = TemplateFile.read(name);
        var fields = text.lines().map(line -> line.split("=", 2)).toList();
        if (fields.stream().anyMatch(field -> field.length < 2)) {
            throw new TemplateException(name + ": a line is not a field (expected: name=value)");
        }
        return new FormTemplate(fields, charset, Placeholders.in(name, text));
    }

    /** The form, URL-encoded. */
    public String fill(TemplateValues values) {
        placeholders.requireAllUsed(values);
        return fields.stream()
                .flatMap(field -> field(field[0], field[1], values).stream())
                .collect(Collectors.joining("&"));
    }

    private Optional<String> field(String name, String value, TemplateValues values) {
        return placeholders
                .fill(value, values, String::valueOf)
                .map(text -> name + "=" + URLEncoder.encode(text, charset));
    }
}
