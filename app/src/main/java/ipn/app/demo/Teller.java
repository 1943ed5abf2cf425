package ipn.app.demo;

import ipn.app.output.Terminal;
import ipn.app.output.Terminal.Tone;

/** Tells the story: what came in, and what came of it. Keeps count of what did not come out as told. */
final class Teller {
    private final Terminal terminal;
    private int chapters;
    private int surprises;

    Teller(Terminal terminal) {
        this.terminal = terminal;
    }

    void chapter(String title) {
        chapters++;
        terminal.say("");
        terminal.say(terminal.in(Tone.STRONG, "%d. %s".formatted(chapters, title)));
    }

    void line(Delivered delivered, String consequence) {
        line(
                delivered.gateway(),
                delivered.event(),
                delivered.answer().status(),
                delivered.outcome().getKind().name(),
                consequence);
    }

    void line(String gateway, String event, int status, String outcome, String consequence) {
        terminal.say("   %-18s %-25s %3d  %s  %s"
                .formatted(gateway, event, status, terminal.outcome(outcome) + pad(outcome), consequence));
    }

    /** Something done to the pipeline, not sent to it. */
    void act(String what) {
        terminal.say("   " + what);
    }

    void expect(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            surprises++;
            terminal.say("   " + terminal.in(Tone.BAD, "not as expected: ")
                    + "%s: %s (expected: %s)".formatted(what, actual, expected));
        }
    }

    boolean asTold() {
        return surprises == 0;
    }

    private static String pad(String outcome) {
        return " ".repeat(Math.max(0, "UNPROCESSABLE".length() - outcome.length()));
    }
}
