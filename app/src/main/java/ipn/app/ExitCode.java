package ipn.app;

/** Exit codes of the commands, and their descriptions in the help. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FOUND_PROBLEMS = 1;
    public static final int WRONG_USAGE = 2;
    public static final int NO_ANSWER = 3;

    public static final String HEADING = "%nExit codes:%n";
    public static final String DONE_HELP = "0:done";
    public static final String FOUND_PROBLEMS_HELP = "1:a negative result, or a failure; see the help of the command";
    public static final String WRONG_USAGE_HELP = "2:wrong usage or settings";
    public static final String NO_ANSWER_HELP = "3:Kafka or the schema registry does not answer";

    private ExitCode() {}
}
