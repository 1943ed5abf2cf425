package ipn.app.output;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints results to standard output, everything else to standard error.
 *
 * @param colours true on a terminal, unless NO_COLOR is set
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean colours) {
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

    /** Standard output and standard error of this process. */
    public static Terminal system() {
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Ansi.AUTO.enabled());
    }

    public void print(String line) {
        out.println(line);
        out.flush();
    }

    public void printErr(String line) {
        err.println(line);
        err.flush();
    }

    /** Prints a message of the program to standard error. */
    public void printFailure(String message) {
        printErr("ipn: " + message);
    }

    /** Prints part of a line to standard error. */
    public void printPart(String piece) {
        err.print(piece);
        err.flush();
    }

    public void show(Table table) {
        var lines = table.lines();
        print(in(Tone.STRONG, lines.get(0)));
        lines.stream().skip(1).forEach(this::print);
    }

    /** The text in the colour of its tone, if colours are enabled. */
    public String in(Tone tone, String text) {
        return colours ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }

    /** The kind of an outcome in its colour. */
    public String outcome(String kind) {
        return in(TONES.getOrDefault(kind, Tone.STRONG), kind);
    }
}
