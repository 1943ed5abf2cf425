package ipn.app.output;

import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Text from outside as it can be shown. Notifications, reports and orders contain text of strangers; a control character in it could change
 * the terminal, and a bidirectional or invisible one could show another text than the one that is stored.
 */
public final class Printable {
    private static final int LINE_FEED = '\n';

    private Printable() {}

    /** The text on one line: each character that is not visible as itself is replaced by its code, such as {@code \u001b}. */
    public static String line(String text) {
        return escape(text, Printable::isHidden);
    }

    /** As {@link #line}, but line feeds and tabs stay: for text that has several lines. In JSON, the codes are JSON's own. */
    static String lines(String text) {
        return escape(text, character -> character != LINE_FEED && character != '\t' && isHidden(character));
    }

    private static String escape(String text, IntPredicate hidden) {
        if (text.codePoints().noneMatch(hidden)) {
            return text;
        }
        var shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (hidden.test(character)) {
                for (var unit : Character.toChars(character)) {
                    shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    /** Control characters, marks of direction, invisible characters, other line ends, and halves of a pair. */
    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
