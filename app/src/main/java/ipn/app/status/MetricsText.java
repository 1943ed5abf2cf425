package ipn.app.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the text format of Prometheus, as our management port writes it. */
final class MetricsText {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)(?: [0-9]+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private MetricsText() {}

    /** The samples; lines that are none are skipped. */
    static List<Sample> parse(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> sample(line).stream())
                .toList();
    }

    private static Optional<Sample> sample(String line) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            return Optional.empty();
        }
        var labels = new HashMap<String, String>();
        Optional.ofNullable(match.group(2))
                .ifPresent(all -> LABEL.matcher(all)
                        .results()
                        .forEach(label -> labels.put(label.group(1), unescaped(label.group(2)))));
        return number(match.group(3)).map(value -> new Sample(match.group(1), Map.copyOf(labels), value));
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(
                    switch (text) {
                        case "+Inf" -> Double.POSITIVE_INFINITY;
                        case "-Inf" -> Double.NEGATIVE_INFINITY;
                        default -> Double.parseDouble(text);
                    });
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
