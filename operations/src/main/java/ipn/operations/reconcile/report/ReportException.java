package ipn.operations.reconcile.report;

/** A report cannot be read with its layout. The message says what to change. */
public final class ReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReportException(String message) {
        super(message);
    }
}
