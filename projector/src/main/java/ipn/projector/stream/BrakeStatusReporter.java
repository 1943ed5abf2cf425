package ipn.projector.stream;

import ipn.avro.BrakeStatus;
import ipn.projector.brake.Brake;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Emits the status of the brake of this partition when it has changed, at most once a second. */
public final class BrakeStatusReporter {
    public static final String TO_STATUS = "brake-status-out";

    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

    /** A status goes to the partition that it is about. */
    public static final StreamPartitioner<String, BrakeStatus> BY_PARTITION =
            (topic, key, value, partitions) -> Optional.of(Set.of(value.getPartition() % partitions));

    private final ProcessorContext<String, Object> context;
    private final Brake brake;
    private final BrakeStore store;
    private @Nullable BrakeStatus last;

    BrakeStatusReporter(ProcessorContext<String, Object> context, Brake brake, BrakeStore store) {
        this.context = context;
        this.brake = brake;
        this.store = store;
    }

    /** Unless it was reported within the last second. */
    void reportPeriodically(Instant now) {
        if (last == null || !now.isBefore(last.getAt().plus(AT_MOST_EVERY)) || now.isBefore(last.getAt())) {
            report(now);
        }
    }

    /** At once. */
    void report(Instant now) {
        var stored = store.read();
        var status = brake.status(stored, now);
        if (last == null || !at(last, now).equals(status)) {
            last = status;
            store.show(stored);
            var key = Integer.toString(status.getPartition());
            context.forward(new Record<>(key, status, now.toEpochMilli()), TO_STATUS);
        }
    }

    private static BrakeStatus at(BrakeStatus status, Instant now) {
        return BrakeStatus.newBuilder(status).setAt(now).build();
    }
}
