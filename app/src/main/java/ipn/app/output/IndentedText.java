package ipn.app.output;

import java.util.ArrayList;
import java.util.List;

/** A text of indented lines. */
final class IndentedText {
    private static final String STEP = "  ";

    private final List<String> lines = new ArrayList<>();

    /** Adds a line, without blanks at its ends. */
    IndentedText add(int depth, String line) {
        lines.add(STEP.repeat(depth) + Printable.line(line.strip()));
        return this;
    }

    /** Adds an empty line. */
    IndentedText gap() {
        lines.add("");
        return this;
    }

    List<String> toList() {
        return List.copyOf(lines);
    }
}
