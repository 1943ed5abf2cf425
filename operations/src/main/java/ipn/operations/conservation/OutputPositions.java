package ipn.operations.conservation;

import java.util.Optional;

/**
 * Where the outcomes and dead letters of the next raw records of a partition begin, in the partitions with the same number. All before them are
 * read.
 *
 * @param outcome offset; empty: not known
 * @param letter offset; empty: not known
 */
record OutputPositions(Optional<Long> outcome, Optional<Long> letter) {
    static final OutputPositions UNKNOWN = new OutputPositions(Optional.empty(), Optional.empty());
}
