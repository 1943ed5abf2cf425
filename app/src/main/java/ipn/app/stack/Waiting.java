package ipn.app.stack;

import ipn.app.UserException;
import ipn.polling.Polling;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Waits for parts of the stack. */
public final class Waiting {
    private Waiting() {}

    /** @throws UserException if the condition does not hold in time */
    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        try {
            if (!Polling.upTo(atMost).until(condition)) {
                throw UserException.problem("%s: not ready after %d s (expected: sooner; see the log for the cause)"
                        .formatted(what, atMost.toSeconds()));
            }
        } catch (CancellationException e) {
            throw UserException.problem("%s: waiting for it was interrupted".formatted(what));
        }
    }
}
