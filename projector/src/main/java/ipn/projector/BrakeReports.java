package ipn.projector;

import ipn.avro.BrakeStatus;
import ipn.projector.brake.Braking;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Tells how the brake of this partition stands, whenever that changed, but not all the time. */
final class BrakeReports {
    static final String TO_STATUS = "brake-status-out";

    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

    private final ProcessorContext<String, Object> context;
    private final Braking braking;
    private final BrakeStores brake;
    private @Nullable BrakeStatus last;

    BrakeReports(ProcessorContext<String, Object> context, Braking braking, BrakeStores brake) {
        this.context = context;
        this.braking = braking;
        this.brake = brake;
    }

    /** Unless it was told a moment ago. */
    void tellNowAndThen(Instant now) {
        if (last == null || !now.isBefore(last.getAt().plus(AT_MOST_EVERY)) || now.isBefore(last.getAt())) {
            tell(now);
        }
    }

    /** At once. */
    void tell(Instant now) {
        var stands = brake.read();
        var status = braking.status(stands, now);
        if (last == null || !at(last, now).equals(status)) {
            last = status;
            brake.show(stands);
            var key = Integer.toString(status.getPartition());
            context.forward(new Record<>(key, status, now.toEpochMilli()), TO_STATUS);
        }
    }

    private static BrakeStatus at(BrakeStatus status, Instant now) {
        return BrakeStatus.newBuilder(status).setAt(now).build();
    }
}
