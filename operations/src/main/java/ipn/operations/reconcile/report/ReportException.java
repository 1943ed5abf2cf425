package ipn.operations.reconcile.report;

/** A report that cannot be read as its layout says; the message tells a person what to change. */
public final class ReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReportException(String message) {
        super(message);
    }
}
