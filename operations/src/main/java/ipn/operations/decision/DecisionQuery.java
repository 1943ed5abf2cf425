package ipn.operations.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Decision;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DecisionRules;
import ipn.decision.Decisions;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Finds decisions. Records that the projector does not accept are left out: they are dead letters. */
public final class DecisionQuery {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final ApprovalPolicy approval;

    /** @param approval which decisions need approval */
    public DecisionQuery(KafkaSettings kafka, AvroSerdes serdes, ApprovalPolicy approval) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.approval = approval;
    }

    /** All decisions about one thing. Reads the partition of its key. */
    public Decisions about(String about) {
        try (var reader = TopicReader.open(kafka)) {
            var partition = reader.partitionOf(topic(), about.getBytes(UTF_8));
            return new Decisions(
                    read(reader, List.of(partition), Progress.SILENT).stream()
                            .filter(each -> each.getAbout().equals(about))
                            .toList(),
                    approval);
        }
    }

    /** All decisions, earliest first. Reads the whole topic. */
    public List<Decision> all(Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            return read(reader, reader.partitions(topic()), progress);
        }
    }

    /** Decisions whose records were stored at a time or later, earliest first. */
    List<Decision> since(Instant time, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            return read(reader, reader.since(reader.all(topic()), time), progress);
        }
    }

    /** One decision. Reads the whole topic. */
    public Optional<Decision> find(String decisionId, Progress progress) {
        return all(progress).stream()
                .filter(each -> each.getDecisionId().equals(decisionId))
                .findFirst();
    }

    /**
     * To be called before a decision is written: the projector would not accept one too many.
     *
     * @throws OperationFailedException if there is no room for it
     */
    void requireRoom(Decision decision) {
        about(decision.getAbout()).refusal(decision).ifPresent(refusal -> {
            throw new OperationFailedException(refusal.detail());
        });
    }

    private List<Decision> read(TopicReader reader, Collection<TopicPartition> partitions, Progress progress) {
        return read(reader, reader.all(partitions), progress);
    }

    private List<Decision> read(TopicReader reader, OffsetRanges ranges, Progress progress) {
        var found = new LinkedHashMap<String, Decision>();
        try (var values = serdes.deserializer(Decision.class)) {
            reader.read(
                    ranges,
                    "reading " + topic(),
                    progress,
                    record -> valid(record, values)
                            .ifPresent(each -> found.putIfAbsent(each.getAbout() + "\n" + each.getDecisionId(), each)));
        }
        return found.values().stream().sorted(Decisions.EARLIEST_FIRST).toList();
    }

    private static Optional<Decision> valid(ConsumerRecord<byte[], byte[]> record, Deserializer<Decision> values) {
        return record.key() == null
                ? Optional.empty()
                : AvroValues.read(record, values)
                        .filter(each -> DecisionRules.violation(new String(record.key(), UTF_8), each)
                                .isEmpty());
    }

    private String topic() {
        return kafka.topics().name(TopicCatalogue.DECISIONS);
    }
}
