package ipn.app.output;

import java.util.ArrayList;
import java.util.List;

/** Lines of a story, each as deep as what it belongs to. */
final class Indented {
    private static final String STEP = "  ";

    private final List<String> lines = new ArrayList<>();

    /** Empty parts of a line leave nothing behind. */
    Indented add(int depth, String line) {
        lines.add(STEP.repeat(depth) + line.strip());
        return this;
    }

    /** What comes now is another matter. */
    Indented gap() {
        lines.add("");
        return this;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
