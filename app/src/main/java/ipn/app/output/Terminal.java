package ipn.app.output;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints results to standard output, everything else to standard error. Text from outside cannot control the terminal: whatever is printed
 * is made {@link Printable} here, and colours are added by {@link #in} only.
 *
 * @param colours true on a terminal, unless NO_COLOR is set
 * @param columns width of the terminal, for tables; not limited if the output goes elsewhere
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean colours, int columns) {
    private static final int COLUMNS_MIN = 80;

    /** Stands for a colour until the line is printed. Text from outside cannot contain it, because its number is random. */
    private static final String MARK = "\u0001" + Long.toHexString(new SecureRandom().nextLong()) + ":";

    private static final Pattern COLOUR = Pattern.compile(MARK + "([0-9]+);");

    /** Meanings that have a colour. */
    public enum Tone {
        GOOD("32"),
        BAD("31"),
        ODD("33"),
        QUIET("2"),
        STRONG("1");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    private static final Map<String, Tone> TONES = Map.of(
            "APPLIED", Tone.GOOD,
            "DUPLICATE", Tone.QUIET,
            "UNCHANGED", Tone.QUIET,
            "IGNORED", Tone.QUIET,
            "UNPROCESSABLE", Tone.BAD);

    /** A terminal of any width. */
    public Terminal(PrintWriter out, PrintWriter err, boolean colours) {
        this(out, err, colours, Integer.MAX_VALUE);
    }

    /** Standard output and standard error of this process. */
    public static Terminal system() {
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Ansi.AUTO.enabled(),
                columns(System.getenv("COLUMNS"), System.console() != null));
    }

    /**
     * The width for tables: that of the variable, else 80 on a terminal.
     *
     * @param variable value of COLUMNS, which the launcher sets on a terminal; null if it is not set
     */
    static int columns(@Nullable String variable, boolean onTerminal) {
        if (variable != null && variable.matches("[0-9]{1,4}")) {
            return Math.max(COLUMNS_MIN, Integer.parseInt(variable));
        }
        return onTerminal ? COLUMNS_MIN : Integer.MAX_VALUE;
    }

    /** Prints one line of a result. */
    public void print(String line) {
        out.println(shown(line, Printable::line));
        out.flush();
    }

    /** Begins a new screen, on a terminal. */
    public void clear() {
        if (colours) {
            out.print("\u001b[H\u001b[2J");
            out.flush();
        }
    }

    /** Prints several lines of a result. */
    public void printText(String text) {
        out.println(shown(text, Printable::lines));
        out.flush();
    }

    /** Prints to standard error; the message can have several lines. */
    public void printErr(String message) {
        err.println(shown(message, Printable::lines));
        err.flush();
    }

    private static String shown(String text, UnaryOperator<String> printable) {
        var shown = new StringBuilder();
        var colour = COLOUR.matcher(text);
        var from = 0;
        while (colour.find()) {
            shown.append(printable.apply(text.substring(from, colour.start())))
                    .append("\u001b[")
                    .append(colour.group(1))
                    .append('m');
            from = colour.end();
        }
        return shown.append(printable.apply(text.substring(from))).toString();
    }

    /** Prints a message of the program to standard error. */
    public void printFailure(String message) {
        printErr("ipn: " + message);
    }

    /** Prints part of a line to standard error. */
    public void printPart(String piece) {
        err.print(shown(piece, Printable::lines));
        err.flush();
    }

    public void show(Table table) {
        var lines = table.lines(columns);
        print(in(Tone.STRONG, lines.get(0)));
        lines.stream().skip(1).forEach(this::print);
    }

    /** The text in the colour of its tone, if colours are enabled; to be printed by this class only. */
    public String in(Tone tone, String text) {
        return colours ? MARK + tone.code + ";" + text + MARK + "0;" : text;
    }

    /** The kind of an outcome in its colour. */
    public String outcome(String kind) {
        return in(TONES.getOrDefault(kind, Tone.STRONG), kind);
    }
}
