package ipn.runtime.streams;

import org.jspecify.annotations.Nullable;

/**
 * Thrown while a record is processed, before anything is written because of it: the stage pauses. The open transaction is aborted, so that the record
 * is read again after a restart.
 */
public final class StagePauseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why without data of a notification */
    public StagePauseException(String why) {
        super(why);
    }

    static boolean isIn(@Nullable Throwable thrown) {
        for (var each = thrown; each != null; each = each.getCause()) {
            if (each instanceof StagePauseException) {
                return true;
            }
        }
        return false;
    }
}
