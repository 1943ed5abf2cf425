package ipn.operations.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Decision;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DecisionRules;
import ipn.decision.Decisions;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Finds decisions. Records that the projector does not accept are left out: they are dead letters. */
public final class DecisionQuery {
    /** Terms of lookups: what a decision is about, and to whom it transfers; of the latter also those about these decisions. */
    private static final String ABOUT = "about";

    private static final String TO = "to";

    private final RecordSource source;
    private final ApprovalPolicy approval;

    /** @param approval which decisions need approval */
    public DecisionQuery(KafkaSettings kafka, AvroSerdes serdes, ApprovalPolicy approval) {
        this(RecordSource.topics(kafka, serdes), approval);
    }

    /** As above. */
    public DecisionQuery(RecordSource source, ApprovalPolicy approval) {
        this.source = source;
        this.approval = approval;
    }

    /** All decisions about one thing. Reads the partition of its key. */
    public Decisions about(String about) {
        try (var reader = source.open()) {
            var lookup = everything().inPartitionsOf(List.of(about)).any(ABOUT, List.of(about));
            return new Decisions(
                    read(reader, lookup, Progress.SILENT).stream()
                            .filter(each -> each.getAbout().equals(about))
                            .toList(),
                    approval);
        }
    }

    /** All decisions, earliest first. Reads the whole topic. */
    public List<Decision> all(Progress progress) {
        try (var reader = source.open()) {
            return read(reader, everything(), progress);
        }
    }

    /** At least the decisions that a lookup finds, earliest first. */
    public List<Decision> matching(TopicReader reader, Lookup lookup, Progress progress) {
        return read(reader, lookup, progress);
    }

    /** At least the decisions about some things, transfers to a subject, and decisions about these transfers, earliest first. */
    public List<Decision> concerning(TopicReader reader, Collection<String> about, String subject, Progress progress) {
        return read(reader, everything().any(ABOUT, about).any(TO, List.of(subject)), progress);
    }

    /** Decisions whose records were stored at a time or later, earliest first. */
    List<Decision> since(Instant time, Progress progress) {
        try (var reader = TopicReader.open(source.kafka())) {
            return collect(into -> reader.read(
                    reader.since(reader.all(everything().topic()), time), "reading decisions", progress, into));
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

    private List<Decision> read(TopicReader reader, Lookup lookup, Progress progress) {
        return collect(into -> reader.find(lookup, progress, into));
    }

    private List<Decision> collect(Consumer<Consumer<ConsumerRecord<byte[], byte[]>>> reading) {
        var found = new LinkedHashMap<String, Decision>();
        try (var values = source.serdes().deserializer(Decision.class)) {
            reading.accept(record -> valid(record, values)
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

    private Lookup everything() {
        return source.all(TopicCatalogue.DECISIONS);
    }
}
