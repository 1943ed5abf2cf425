package ipn.app.output;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * Where words go: results to standard output, everything else to standard error.
 *
 * @param colours true on a terminal, unless NO_COLOR is set
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean colours) {
    /** What a colour says. */
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

    /** The terminal, or whatever stands in its place. */
    public static Terminal system() {
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Ansi.AUTO.enabled());
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }

    public void complain(String line) {
        err.println(line);
        err.flush();
    }

    /** Part of a line, beside the results. */
    public void mutter(String piece) {
        err.print(piece);
        err.flush();
    }

    public void show(Table table) {
        var lines = table.lines();
        say(in(Tone.STRONG, lines.get(0)));
        lines.stream().skip(1).forEach(this::say);
    }

    /** The words in the colour of their tone, where there are colours. */
    public String in(Tone tone, String words) {
        return colours ? "\u001b[" + tone.code + "m" + words + "\u001b[0m" : words;
    }

    /** An outcome's kind in its colour. */
    public String outcome(String kind) {
        return in(TONES.getOrDefault(kind, Tone.STRONG), kind);
    }
}
