package ipn.bench.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Outcome;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** What a redrive wrote and what came of it, read from the topics as consumers read them. */
final class RedriveResults implements AutoCloseable {
    private final Map<String, Integer> replayed = new HashMap<>();
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private final Deserializer<Outcome> values;
    private final TopicTail raw;
    private final TopicTail results;
    private final TopicTail letters;
    private long grown;

    RedriveResults(KafkaSettings kafka) {
        values = kafka.serdes().deserializer(Outcome.class);
        raw = tail(kafka, TopicCatalogue.RAW, record -> replayed.merge(text(record, Headers.DLQ_ID), 1, Integer::sum));
        results = tail(kafka, TopicCatalogue.OUTCOMES, this::note);
        letters = tail(kafka, TopicCatalogue.DLQ, record -> {
            var isGrown = text(record, Headers.DLQ_ATTEMPTS).equals("2")
                    && text(record, Headers.DLQ_FIRST_FAILED_AT).compareTo(text(record, Headers.DLQ_LAST_FAILED_AT))
                            < 0;
            grown += isGrown ? 1 : 0;
        });
    }

    private static TopicTail tail(
            KafkaSettings kafka, String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return new TopicTail(kafka, kafka.topics().name(topic), each);
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        var outcome = values.deserialize(record.topic(), record.value());
        var reason = outcome.getReason();
        outcomes.merge(outcome.getKind() + (reason == null ? "" : " " + reason), 1L, Long::sum);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    /** Outcomes so far. */
    int processed() {
        return (int) results.count();
    }

    /** Dead letters so far that failed a second time. */
    int failedAgain() {
        return (int) letters.count();
    }

    /** To be read when all were processed. */
    void finish() {
        raw.count();
    }

    int differentReplayed() {
        return replayed.size();
    }

    long replayedTwice() {
        return replayed.values().stream().filter(times -> times > 1).count();
    }

    long withAttemptsGrown() {
        return grown;
    }

    SortedMap<String, Long> outcomes() {
        return outcomes;
    }

    @Override
    public void close() {
        raw.close();
        results.close();
        letters.close();
        values.close();
    }
}
