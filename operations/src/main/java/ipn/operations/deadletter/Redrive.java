package ipn.operations.deadletter;

import ipn.avro.DeadLetterStatus;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

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
            var decisions = DeadLetterDecisions.read(kafka, reader, known);
            var run = new RedriveRun(order, decisions, new StatusRecords(kafka, statuses, clock), transaction);
            return run.over(kafka, reader, progress);
        }
    }

    private static String newReplayId() {
        return UUID.randomUUID().toString();
    }
}
