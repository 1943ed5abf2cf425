package ipn.settings;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** On which line of a settings file each key is, by the marks of the YAML parser. */
public final class KeyLines {
    private static final Pattern SYNTAX = Pattern.compile("line ([0-9]+), column [0-9]+");
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Map<String, Integer> lines;

    private KeyLines(Map<String, Integer> lines) {
        this.lines = Map.copyOf(lines);
    }

    /** The lines of a text; of one that is not YAML, those up to the mistake. */
    public static KeyLines of(String yaml) {
        var lines = new HashMap<String, Integer>();
        try (var parser = YAML.createParser(yaml)) {
            var open = new ArrayDeque<Level>();
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                var line = parser.currentTokenLocation().getLineNr();
                if (token == JsonToken.FIELD_NAME) {
                    open.element().key = parser.currentName();
                    lines.putIfAbsent(path(open), line);
                } else if (token.isStructEnd()) {
                    open.pop();
                    next(open);
                } else {
                    if (isInList(open)) {
                        lines.putIfAbsent(path(open), line);
                    }
                    if (token.isStructStart()) {
                        open.push(new Level(path(open), token == JsonToken.START_ARRAY ? 0 : -1));
                    } else {
                        next(open);
                    }
                }
            }
        } catch (IOException e) {
            return new KeyLines(lines); // the settings reader reports where it is no YAML
        }
        return new KeyLines(lines);
    }

    /** A map or list that is being read. */
    private static final class Level {
        private final String path;
        private int index;
        private String key = "";

        /** @param index of the next element; below zero for a map */
        Level(String path, int index) {
            this.path = path;
            this.index = index;
        }
    }

    private static boolean isInList(ArrayDeque<Level> open) {
        return !open.isEmpty() && open.element().index >= 0;
    }

    /** An element of a list has ended. */
    private static void next(ArrayDeque<Level> open) {
        if (isInList(open)) {
            open.element().index++;
        }
    }

    private static String path(ArrayDeque<Level> open) {
        var level = open.peek();
        if (level == null) {
            return "";
        }
        return level.index >= 0 ? "%s[%d]".formatted(level.path, level.index) : Yaml.joined(level.path, level.key);
    }

    /** The line of the key that a problem begins with; of a key that is absent, the line of the section that it is missing in. */
    public Optional<Integer> lineOf(String key) {
        var syntax = SYNTAX.matcher(key);
        if (syntax.matches()) {
            return Optional.of(Integer.valueOf(syntax.group(1)));
        }
        var path = key;
        while (!lines.containsKey(path)) {
            var end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
            if (end < 0) {
                return Optional.empty();
            }
            path = path.substring(0, end);
        }
        return Optional.ofNullable(lines.get(path));
    }
}
