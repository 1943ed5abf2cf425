package ipn.app.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.Hashing;
import ipn.operations.topic.HeaderText;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What makes two dead letters the same in two runs. Their positions differ; so of an input it is the content, and of a topic that the projector
 * writes itself, whose records contain positions, the key and the reason.
 */
final class DeadLetterIdentity {
    private static final Set<String> INPUTS =
            Set.of(TopicCatalogue.RAW, TopicCatalogue.ORDERS, TopicCatalogue.DECISIONS, TopicCatalogue.BRAKE);

    private DeadLetterIdentity() {}

    /** @param prefix of the topics of the side */
    static String of(ConsumerRecord<byte[], byte[]> record, String prefix) {
        var topic = topic(record, prefix);
        var header = new HeaderText(record.headers());
        var name = header.text(Headers.CE_ID, record.key() == null ? "" : new String(record.key(), UTF_8));
        var rest = INPUTS.contains(topic) ? Long.toHexString(content(record)) : header.text(Headers.DLQ_REASON, "");
        return topic + " " + name + " " + rest;
    }

    /** The topic that it came from, without prefix. */
    static String topic(ConsumerRecord<byte[], byte[]> record, String prefix) {
        var topic = new HeaderText(record.headers()).text(Headers.ERROR_TOPIC, "");
        return topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic;
    }

    private static long content(ConsumerRecord<byte[], byte[]> record) {
        var hash = Hashing.hash(Objects.requireNonNullElse(record.key(), new byte[0]));
        hash = Hashing.hashOf(hash, Hashing.hash(Objects.requireNonNullElse(record.value(), new byte[0])));
        for (var header : record.headers()) {
            if (!Headers.isOfHop(header.key())) {
                var value = Objects.requireNonNullElse(header.value(), new byte[0]);
                hash = Hashing.hashOf(hash, header.key(), Hashing.hash(value));
            }
        }
        return hash;
    }
}
