package ipn.app;

/** Exit codes of the commands. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FOUND_PROBLEMS = 1;
    public static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
