package ipn.operations;

import ipn.avro.DeadLetterStatus;
import ipn.operations.DeadLetter.Status;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Decides open dead letters: puts their records back into the source topic, or gives them up.
 *
 * <p>Each batch is one transaction of records and decisions, so an interrupted redrive neither loses nor repeats:
 * running it again takes what is still open. A second redrive at the same time stops the first and goes on from there.
 */
public final class Redrive {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final Clock clock;

    public Redrive(KafkaSettings kafka, AvroSerdes serdes, Clock clock) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.clock = clock;
    }

    /** Replays every open dead letter that matches, in the order of each partition. */
    public RedriveResult replay(DeadLetterFilter which, Operator who, Progress progress) {
        return run(new RedriveRun.Order(which, Status.REPLAYED, newReplayId(), who, false), progress);
    }

    /** What {@link #replay} would do; writes nothing. */
    public RedriveResult preview(DeadLetterFilter which, Operator who) {
        return run(new RedriveRun.Order(which, Status.REPLAYED, newReplayId(), who, true), Progress.SILENT);
    }

    /** Gives these dead letters up for good. They stay in the topic until its retention ends. */
    public RedriveResult discard(Set<String> ids, Operator who) {
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("ids: none (expected: the ids of the dead letters to give up)");
        }
        var which = DeadLetterFilter.OPEN.withIds(ids);
        return run(new RedriveRun.Order(which, Status.DISCARDED, null, who.mustSayWhy(), false), Progress.SILENT);
    }

    private RedriveResult run(RedriveRun.Order order, Progress progress) {
        try (var transaction = order.dryRun() ? null : ExclusiveWriter.open(kafka, "redrive");
                var reader = TopicReader.open(kafka);
                var known = serdes.deserializer(DeadLetterStatus.class);
                var statuses = serdes.serializer(DeadLetterStatus.class)) {
            // Only once the transaction is open are all decisions known, see ExclusiveWriter.
            var decisions = Decisions.read(kafka, reader, known);
            var run = new RedriveRun(order, decisions, new StatusWriter(kafka, statuses, clock), transaction);
            return run.over(kafka, reader, progress);
        }
    }

    /** Why Kafka ended it, for people. */
    static Optional<String> reasonOf(KafkaException e) {
        return reasonOf(e, "another redrive or discard has taken over; see what is still open");
    }

    /** @param fenced what to say where somebody else began the same */
    static Optional<String> reasonOf(KafkaException e, String fenced) {
        return Optional.of(
                isFenced(e)
                        ? fenced
                        : "kafka: " + e.getClass().getSimpleName() + ": " + e.getMessage()
                                + "; run it again: what was done is not repeated");
    }

    private static boolean isFenced(@Nullable Throwable e) {
        return e != null
                && (e instanceof ProducerFencedException
                        || e instanceof InvalidProducerEpochException
                        || isFenced(e.getCause()));
    }

    private static String newReplayId() {
        return UUID.randomUUID().toString();
    }
}
