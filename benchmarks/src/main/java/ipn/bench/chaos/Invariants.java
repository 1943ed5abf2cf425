package ipn.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Entitlement;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.Posting;
import ipn.bench.measure.CommittedRecords;
import ipn.bench.measure.Revisions;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What holds of the records of a pipeline whatever was sent, and whatever was killed: nothing is lost, nothing is there twice, all is in order, and
 * what was committed together is there together. It shares no rules with the pipeline.
 */
final class Invariants {
    /** The topics that it reads. */
    static final List<String> TOPICS = List.of(
            TopicCatalogue.RAW,
            TopicCatalogue.OUTCOMES,
            TopicCatalogue.PAYMENTS,
            TopicCatalogue.LEDGER,
            TopicCatalogue.NOTIFICATIONS,
            TopicCatalogue.ENTITLEMENTS,
            TopicCatalogue.ENTITLEMENT_STATE,
            TopicCatalogue.DLQ);

    private final KafkaSettings kafka;
    private final CommittedRecords reader;
    private final List<String> differences = new ArrayList<>();
    private final Set<String> raw = new HashSet<>();

    private Invariants(KafkaSettings kafka, CommittedRecords reader) {
        this.kafka = kafka;
        this.reader = reader;
    }

    /** @param reader reads what was written since a moment at which the stages were idle */
    static Invariants of(KafkaSettings kafka, CommittedRecords reader) {
        var invariants = new Invariants(kafka, reader);
        invariants.checkOutcomes();
        invariants.checkLedger();
        invariants.checkNotifications();
        invariants.checkEntitlements();
        return invariants;
    }

    /** What does not hold, as text. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    long rawRecords() {
        return raw.size();
    }

    /** Each raw record has one outcome, and each unprocessable one has one dead letter. */
    private void checkOutcomes() {
        var replayed = new HashSet<String>();
        reader.read(TopicCatalogue.RAW, record -> {
            raw.add(position(record.topic(), record.partition(), record.offset()));
            var attempt = attempt(record);
            require(attempt.isEmpty() || replayed.add(attempt), "replay of dead letter " + attempt + ": twice");
        });
        var decided = new HashSet<String>();
        var unprocessable = new ArrayList<String>();
        read(TopicCatalogue.OUTCOMES, Outcome.class, (record, outcome) -> {
            var source = outcome.getSource();
            var position = position(source.getTopic(), source.getPartition(), source.getOffset());
            require(decided.add(position), "outcome of " + position + ": twice");
            require(raw.contains(position), "outcome of " + position + ": without a raw record");
            if (outcome.getKind() == OutcomeKind.UNPROCESSABLE) {
                unprocessable.add(position);
            }
        });
        raw.stream()
                .filter(position -> !decided.contains(position))
                .forEach(position -> differences.add(position + ": no outcome"));
        var deadLetters = new HashSet<String>();
        reader.read(TopicCatalogue.DLQ, record -> {
            var attempt = attempt(record);
            require(deadLetters.add(attempt), "dead letter " + attempt + ": twice");
        });
        require(
                deadLetters.size() == unprocessable.size(),
                "dead letters: %d (expected: %d, one for each unprocessable record)"
                        .formatted(deadLetters.size(), unprocessable.size()));
    }

    /** Id and attempts of the dead letter that a record is, or that it replays; empty: neither. */
    private static String attempt(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(Headers.DLQ_ID, Headers.DLQ_ATTEMPTS)
                .map(record.headers()::lastHeader)
                .filter(Objects::nonNull)
                .map(header -> new String(header.value(), UTF_8))
                .collect(Collectors.joining(" attempt "));
    }

    /** Each entry is there once, and adds up to zero in each currency. */
    private void checkLedger() {
        var ids = new HashSet<String>();
        read(TopicCatalogue.LEDGER, LedgerEntry.class, (record, entry) -> {
            require(ids.add(entry.getEntryId()), "ledger entry " + entry.getEntryId() + ": twice");
            var sums = entry.getLines().stream()
                    .collect(Collectors.groupingBy(Posting::getCurrency, Collectors.summingLong(Posting::getAmount)));
            require(
                    sums.values().stream().allMatch(sum -> sum == 0),
                    "ledger entry %s: adds up to %s (expected: zero)".formatted(entry.getEntryId(), sums));
        });
    }

    private void checkNotifications() {
        var ids = new HashSet<String>();
        read(
                TopicCatalogue.NOTIFICATIONS,
                NotificationCommand.class,
                (record, command) -> require(
                        ids.add(command.getNotificationId()),
                        "notification " + command.getNotificationId() + ": twice"));
    }

    /** Events of an entitlement have the revisions 1, 2, 3 ... in this order, and the state is that of the last one. */
    private void checkEntitlements() {
        var events = Revisions.read(kafka, reader);
        differences.addAll(events.gaps());
        var newest = events.newest();
        var states = new HashMap<String, Long>();
        read(TopicCatalogue.ENTITLEMENT_STATE, Entitlement.class, (record, state) -> {
            var last = state.getLast();
            if (last != null) {
                states.put(Revisions.entitlement(last), last.getRevision());
            }
        });
        newest.forEach((entitlement, revision) -> compare(entitlement, revision, states));
        states.keySet().stream()
                .filter(entitlement -> !newest.containsKey(entitlement))
                .forEach(entitlement -> differences.add(entitlement + ": a state without an event"));
    }

    private void compare(String entitlement, long revision, Map<String, Long> states) {
        var state = states.getOrDefault(entitlement, 0L);
        require(
                state == revision,
                "%s: state of revision %d, event of revision %d".formatted(entitlement, state, revision));
    }

    private <T extends SpecificRecord> void read(String topic, Class<T> type, Each<T> each) {
        var values = kafka.serdes().deserializer(type);
        reader.read(topic, record -> each.accept(record, values.deserialize(record.topic(), record.value())));
    }

    @FunctionalInterface
    private interface Each<T> {
        void accept(ConsumerRecord<byte[], byte[]> record, T value);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            differences.add(otherwise);
        }
    }

    private static String position(String topic, int partition, long offset) {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }
}
