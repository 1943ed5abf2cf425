package ipn.operations.imports;

/** A line that cannot be read. The message is for people and contains no value of the line. */
public final class LineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final LineProblem.Kind kind;

    public LineException(String message) {
        this(LineProblem.Kind.MALFORMED, message);
    }

    LineException(LineProblem.Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** As a problem of a line. */
    public LineProblem problem(long line) {
        return new LineProblem(line, kind, String.valueOf(getMessage()));
    }
}
