package ipn.app.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.UserException;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The topic that says what was rebuilt, and how far. */
public final class RebuildLog {
    private static final byte[] KEY = "rebuild".getBytes(UTF_8);

    private RebuildLog() {}

    /** The newest state; empty if nothing was copied yet. The topic must exist. */
    public static Optional<RebuildState> read(RebuildTopics topics) {
        try (var reader = TopicReader.open(topics.kafka())) {
            var newest = new ArrayDeque<RebuildState>();
            reader.read(reader.all(topics.progress()), "reading " + topics.progress(), Progress.SILENT, record -> {
                newest.clear();
                newest.add(parse(topics, record.value()));
            });
            return newest.stream().findFirst();
        }
    }

    static ProducerRecord<byte[], byte[]> record(RebuildTopics topics, RebuildState state) {
        return new ProducerRecord<>(topics.progress(), KEY, state.bytes());
    }

    private static RebuildState parse(RebuildTopics topics, byte[] value) {
        try {
            return RebuildState.parse(value);
        } catch (IOException e) {
            throw UserException.problem("%s: not written by this version (expected: --fresh, or another --to-prefix)"
                    .formatted(topics.progress()));
        }
    }
}
