package ipn.app;

/** A problem that the caller can fix; the message contains what is wrong and what was expected. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    private UserException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Wrong arguments or settings; exit code 2. */
    public static UserException usage(String message) {
        return new UserException(ExitCode.WRONG_USAGE, message);
    }

    /** The command ran and found a problem; exit code 1. */
    public static UserException problem(String message) {
        return new UserException(ExitCode.FOUND_PROBLEMS, message);
    }

    /** Kafka or the schema registry does not answer, so nothing was found out; exit code 3. */
    public static UserException noAnswer(String message) {
        return new UserException(ExitCode.NO_ANSWER, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
