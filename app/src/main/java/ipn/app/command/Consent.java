package ipn.app.command;

import ipn.app.UserException;
import ipn.app.output.Terminal;
import java.util.Locale;

/** Asks for confirmation before something is written. */
public record Consent(Terminal terminal, boolean given) {
    /** Requires a console or {@code --yes}; called first, so that a long run does not end at a question that cannot be answered. */
    public void requireConsole(String option) {
        if (!given && System.console() == null) {
            throw UserException.usage(option + ": no console to ask for confirmation (expected: --yes as well)");
        }
    }

    /** The same, and requires {@code --yes} with {@code --json}: what would be decided is not printed then. */
    public void requireConsole(String option, boolean json) {
        if (!given && json) {
            throw UserException.usage(option + ": --json prints no preview to confirm (expected: --yes as well)");
        }
        requireConsole(option);
    }

    /** Asks for confirmation; returns whether it was given. */
    public boolean given(String action) {
        var console = System.console();
        if (given || console == null) {
            return given;
        }
        terminal.printPart("About to " + action + ". Continue? [y/N] ");
        var answer = console.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
