package ipn.projector.stream;

import ipn.projector.deadletter.RulesFailedException;
import ipn.runtime.SafeCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules applied because time passed. There is no record that could become a dead letter, so a failure is counted and logged, and tried
 * again later; the other keys go on.
 */
final class ClockWork {
    /** How long a key waits on which a rule failed. */
    static final Duration RETRY_AFTER = Duration.ofHours(1);

    private static final Duration LOG_EVERY = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(ClockWork.class);

    private final ProjectorMeters meters;
    private final int partition;
    private Instant nextLog = Instant.EPOCH;

    ClockWork(ProjectorMeters meters, int partition) {
        this.meters = meters;
        this.partition = partition;
    }

    /**
     * What the rules compute.
     *
     * @param rules read stores and write nothing
     * @return empty if they failed
     */
    <T> Optional<T> compute(Supplier<T> rules, Instant now) {
        try {
            return Optional.of(RulesFailedException.guard(rules));
        } catch (RulesFailedException e) {
            failed(Objects.requireNonNullElse(e.getCause(), e), now);
            return Optional.empty();
        }
    }

    /** Counts rules that failed, and logs the cause now and then. */
    void failed(Throwable cause, Instant now) {
        meters.clockWorkFailed();
        if (!now.isBefore(nextLog)) {
            nextLog = now.plus(LOG_EVERY);
            LOG.atError()
                    .addKeyValue("partition", partition)
                    .setCause(SafeCause.forLog(cause))
                    .log("A rule failed on what time changes; it is tried again later");
        }
    }
}
