package ipn.operations.topic;

import java.util.Collection;
import java.util.Optional;

/** Knows where records are, so that no topic is read from its start. */
@FunctionalInterface
public interface RecordIndex {
    /** Of everything it does not know: topics are read. */
    RecordIndex NONE = lookup -> Optional.empty();

    /**
     * Where the records are that somebody needs, and perhaps others.
     *
     * @return empty if it does not know, or if they are too many to be read one by one
     */
    Optional<Collection<Position>> find(Lookup lookup);
}
