package ipn.projector.stream;

import java.time.Instant;
import java.util.Optional;

/**
 * A node that can do what is due for the key of one record, before the record. By the wall clock the next tick does it; where history is processed
 * again ({@link RecordTime}), it must not come after the record.
 *
 * @param <V> of its records
 */
interface DueBefore<V> {
    /** When something is due for the key of a record. */
    Optional<Instant> nextOf(V value);

    /** Does it, by the clock. */
    void doDue(V value);
}
