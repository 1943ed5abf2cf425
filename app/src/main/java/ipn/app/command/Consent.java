package ipn.app.command;

import ipn.app.UserException;
import ipn.app.output.Terminal;
import java.util.Locale;

/** Asks before something is written. */
public record Consent(Terminal terminal, boolean given) {
    /** Before anything is done: a run of an hour should not end in a question nobody hears. */
    public void requireSomebody(String option) {
        if (!given && System.console() == null) {
            throw UserException.usage(option + ": there is nobody to ask (expected: also --yes)");
        }
    }

    /** Whether the person agrees to what is said. */
    public boolean given(String what) {
        var console = System.console();
        if (given || console == null) {
            return given;
        }
        terminal.mutter("About to " + what + ". Go on? [y/N] ");
        var answer = console.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
