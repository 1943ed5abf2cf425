package ipn.operations.deadletter;

import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.deadletter.RedriveResult.Refused;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.operations.topic.WriteFailure;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** One pass over the dead letters that replays or discards those that match, batch by batch. */
final class RedriveRun {
    private static final int BATCH_LETTERS_MAX = 100;
    private static final long BATCH_BYTES_MAX = 8L * 1024 * 1024;
    private static final int EXAMPLES_MAX = 100;

    /**
     * What to do.
     *
     * @param decision REPLAYED or DISCARDED
     * @param replayId null for a discard
     */
    record Request(
            DeadLetterFilter which,
            Status decision,
            @Nullable String replayId,
            Operator who,
            boolean dryRun) {
        Request {
            which = which.withStatus(Status.OPEN);
        }
    }

    private final Request request;
    private final DeadLetterDecisions decisions;
    private final StatusRecords statuses;
    private final @Nullable ExclusiveWriter transaction;

    private final List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
    private final List<String> batchIds = new ArrayList<>();
    private long batchBytes;

    private final Set<String> undecided;
    private final List<String> examples = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private long refusedCount;
    private long done;

    /** @param transaction null for a dry run */
    RedriveRun(
            Request request,
            DeadLetterDecisions decisions,
            StatusRecords statuses,
            @Nullable ExclusiveWriter transaction) {
        this.request = request;
        this.decisions = decisions;
        this.statuses = statuses;
        this.transaction = transaction;
        this.undecided = new HashSet<>(request.which().ids());
    }

    RedriveResult execute(KafkaSettings kafka, TopicReader reader, Progress progress) {
        var raw = kafka.topics().name(TopicCatalogue.RAW);
        var sources = List.of(raw, kafka.topics().name(TopicCatalogue.ORDERS));
        var partitions = reader.partitions(raw).size();
        Optional<String> stopped = Optional.empty();
        try {
            var all = reader.all(kafka.topics().name(TopicCatalogue.DLQ));
            reader.read(all, "processing dead letters", progress, record -> process(record, sources, partitions));
            writeBatch();
            if (transaction != null) {
                reader.read(transaction.written(), "waiting until readers see it", Progress.SILENT, record -> {});
            }
            undecided.forEach(id -> refuse(id, whyNotOpen(id)));
        } catch (KafkaException e) {
            stopped = Optional.of(stopReason(e));
        }
        var replayId = request.replayId() == null ? "" : request.replayId();
        return new RedriveResult(replayId, transaction == null, done, examples, refused, refusedCount, stopped);
    }

    static String stopReason(KafkaException e) {
        return WriteFailure.describe(
                e, "another redrive or discard was started; list the open dead letters to see what is left");
    }

    private void process(ConsumerRecord<byte[], byte[]> record, List<String> sources, int partitions) {
        var letter = DeadLetter.of(record, decisions);
        if (!request.which().matches(letter)) {
            return;
        }
        if (request.decision() == Status.REPLAYED
                && !sources.contains(letter.source().topic())) {
            undecided.remove(letter.id());
            refuse(
                    letter.id(),
                    "source topic: " + letter.source().topic() + " (expected: " + String.join(" or ", sources) + ")");
            return;
        }
        if (request.decision() == Status.REPLAYED && record.headers().lastHeader(Headers.DLQ_TRUNCATED) != null) {
            undecided.remove(letter.id());
            refuse(
                    letter.id(),
                    "record: only its first bytes were kept, it was too large (expected: a whole record; discard it)");
            return;
        }
        if (transaction != null) {
            addDecided(record, letter, partitions);
        }
        decisions.note(letter.id(), new DeadLetterDecisions.Decision(request.decision(), letter.attempts()));
        batchIds.add(letter.id());
        if (batchIds.size() >= BATCH_LETTERS_MAX || batchBytes >= BATCH_BYTES_MAX) {
            writeBatch();
        }
    }

    private void addDecided(ConsumerRecord<byte[], byte[]> record, DeadLetter letter, int partitions) {
        if (request.replayId() != null) {
            add(ReplayedRecord.of(record, letter, request.replayId(), partitions));
        }
        add(statuses.decided(letter, request));
    }

    private void add(ProducerRecord<byte[], byte[]> record) {
        batch.add(record);
        batchBytes += record.value() == null ? 0 : record.value().length;
    }

    private void writeBatch() {
        if (transaction != null && !batch.isEmpty()) {
            transaction.write(batch);
        }
        done += batchIds.size();
        batchIds.forEach(undecided::remove);
        batchIds.stream().limit(EXAMPLES_MAX - examples.size()).forEach(examples::add);
        batch.clear();
        batchIds.clear();
        batchBytes = 0;
    }

    private void refuse(String id, String why) {
        refusedCount++;
        if (refused.size() < EXAMPLES_MAX) {
            refused.add(new Refused(id, why));
        }
    }

    private String whyNotOpen(String id) {
        var decided = decisions.statusOf(id, 0);
        return decided == Status.OPEN
                ? "does not exist (expected: the id of an open dead letter)"
                : "already " + decided;
    }
}
