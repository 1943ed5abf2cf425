package ipn.operations.decision;

import ipn.operations.topic.GroupOffsets;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Waits until the projector has processed a decision, and all claims that follow from it. */
final class ProjectorWatch {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private ProjectorWatch() {}

    /**
     * Waits.
     *
     * @param projector application id, which is its consumer group
     * @return false: it has not within this time; it will when it runs
     */
    static boolean await(KafkaSettings kafka, String projector, Position decision, Duration atMost) {
        var partition = new TopicPartition(decision.topic(), decision.partition());
        var claims = kafka.topics().name(TopicCatalogue.CLAIMS);
        try (var admin = Admin.create(kafka.client());
                var reader = TopicReader.open(kafka)) {
            return Polling.upTo(atMost)
                            .every(INTERVAL)
                            .until(() ->
                                    GroupOffsets.committed(admin, projector).getOrDefault(partition, 0L)
                                            > decision.offset())
                    && isRead(GroupOffsets.untilNewest(admin, reader.all(claims)), admin, reader, projector, atMost);
        }
    }

    /** What is written later is not waited for: on a busy system there is always more. */
    private static boolean isRead(
            OffsetRanges written, Admin admin, TopicReader reader, String projector, Duration atMost) {
        return Polling.upTo(atMost).every(INTERVAL).until(() -> isRead(written, admin, reader, projector));
    }

    /** Transaction markers after the last record are no records: so records are counted, not offsets compared. */
    private static boolean isRead(OffsetRanges written, Admin admin, TopicReader reader, String projector) {
        var committed = GroupOffsets.committed(admin, projector);
        var from = new HashMap<>(written.from());
        from.replaceAll((partition, begin) -> Math.min(
                Math.max(begin, committed.getOrDefault(partition, begin)),
                written.to().getOrDefault(partition, begin)));
        var unread = new int[1];
        reader.read(new OffsetRanges(from, written.to()), "", Progress.SILENT, record -> unread[0]++);
        return unread[0] == 0;
    }
}
