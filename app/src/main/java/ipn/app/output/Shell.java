package ipn.app.output;

import java.util.regex.Pattern;

/** Arguments as a person types them in a shell. */
public final class Shell {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Shell() {}

    /** An argument of a command that a message tells to type: in quotes, if the shell would change or split it. */
    public static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
