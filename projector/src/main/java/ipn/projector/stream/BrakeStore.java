package ipn.projector.stream;

import ipn.avro.EntitlementClaims;
import ipn.avro.PartitionBrake;
import ipn.avro.WithheldRevocation;
import ipn.projector.brake.Brake;
import ipn.projector.brake.Withholding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** State of the brake of a partition, and a queue of what it withholds, in the order of numbers. */
public final class BrakeStore {
    public static final String STATE = "brake-state";
    public static final String QUEUE = "brake-queue";

    private static final Logger LOG = LoggerFactory.getLogger(BrakeStore.class);
    private static final String KEY = "brake";
    private static final String NUMBER = "%019d";

    private final int partition;
    private final KeyValueStore<String, PartitionBrake> state;
    private final KeyValueStore<String, String> queue;
    private final KeyValueStore<String, EntitlementClaims> entitlements;
    private final ProjectorMeters meters;
    private @Nullable PartitionBrake counted;

    BrakeStore(ProcessorContext<?, ?> context, ProjectorMeters meters) {
        partition = context.taskId().partition();
        state = context.getStateStore(STATE);
        queue = context.getStateStore(QUEUE);
        entitlements = context.getStateStore(EntitlementStore.STORE);
        this.meters = meters;
    }

    PartitionBrake read() {
        var stored = state.get(KEY);
        return stored == null ? initial() : stored;
    }

    void write(PartitionBrake before, PartitionBrake after) {
        if (!before.equals(after)) {
            state.put(KEY, after);
            show(after);
            if (before.getSince() == null && after.getSince() != null) {
                LOG.atWarn()
                        .addKeyValue("partition", partition)
                        .addKeyValue("why", after.getWhy())
                        .log("Brake engaged: revocations are withheld until a person decides; see ipn brake status");
            }
        }
    }

    void show(PartitionBrake brake) {
        meters.show(partition, brake);
    }

    /** A number stays in the queue as long as its revocation is withheld. */
    void move(String entitlement, @Nullable WithheldRevocation before, @Nullable WithheldRevocation after) {
        if (before != null && after == null) {
            queue.delete(place(before.getNumber()));
        }
        if (before == null && after != null) {
            queue.put(place(after.getNumber()), entitlement);
        }
    }

    /** Keys of the entitlements withheld first, up to a number. */
    List<String> first(int max, long upTo) {
        var keys = new ArrayList<String>();
        try (var range = queue.range(null, place(upTo))) {
            while (range.hasNext() && keys.size() < max) {
                keys.add(range.next().value);
            }
        }
        return keys;
    }

    /** Counted once, where entitlements are older than the brake: it must know how many give access. */
    private PartitionBrake initial() {
        if (counted == null) {
            var active = 0L;
            try (var all = entitlements.all()) {
                while (all.hasNext()) {
                    active += Withholding.givesAccess(all.next().value.getLast()) ? 1 : 0;
                }
            }
            counted =
                    PartitionBrake.newBuilder(Brake.RELEASED).setActive(active).build();
        }
        return Objects.requireNonNull(counted);
    }

    private static String place(long number) {
        return String.format(Locale.ROOT, NUMBER, number);
    }
}
