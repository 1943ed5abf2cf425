package ipn.app;

/** Something a person can mend; the message says what is wrong and what was expected. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    private UserException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command was called, or is configured, wrongly. */
    public static UserException usage(String message) {
        return new UserException(ExitCode.WRONG_USAGE, message);
    }

    /** The command did what it could and found something wrong. */
    public static UserException problem(String message) {
        return new UserException(ExitCode.FOUND_PROBLEMS, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
