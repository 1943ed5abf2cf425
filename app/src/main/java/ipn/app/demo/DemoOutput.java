package ipn.app.demo;

import ipn.app.output.Terminal;
import ipn.app.output.Terminal.Tone;

/** Prints each notification with its result, and counts failed checks. */
final class DemoOutput {
    private final Terminal terminal;
    private int headings;
    private int unexpected;

    DemoOutput(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Names the columns of the lines that follow. */
    void columns() {
        terminal.print("");
        terminal.print("Each line shows: gateway, event, HTTP status of the ingress, outcome, result ('-': none).");
    }

    void heading(String title) {
        headings++;
        terminal.print("");
        terminal.print(terminal.in(Tone.STRONG, "%d. %s".formatted(headings, title)));
    }

    void line(Delivered delivered, String result) {
        line(
                delivered.gateway(),
                delivered.event(),
                Integer.toString(delivered.answer().status()),
                delivered.outcome().getKind().name(),
                result);
    }

    void line(String gateway, String event, String status, String outcome, String result) {
        terminal.print("   %-18s %-25s %3s  %s  %s"
                .formatted(gateway, event, status, terminal.outcome(outcome) + pad(outcome), result));
    }

    /** Prints a line that is not about a notification. */
    void note(String text) {
        terminal.print("   " + text);
    }

    void expect(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            unexpected++;
            terminal.print("   " + terminal.in(Tone.BAD, "not as expected: ")
                    + "%s: %s (expected: %s)".formatted(what, actual, expected));
        }
    }

    boolean asExpected() {
        return unexpected == 0;
    }

    private static String pad(String outcome) {
        return " ".repeat(Math.max(0, "UNPROCESSABLE".length() - outcome.length()));
    }
}
