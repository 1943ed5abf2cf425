package ipn.processor.deferred;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The way of what is in {@code ipn.raw} now through the stages. One topic has been passed when all that was in it is committed by the stage that reads it; what
 * that stage has written is in the next topic by then. Not thread-safe.
 */
final class Passage {
    private final Deque<String> topics;
    private Map<TopicPartition, Long> targets;

    /**
     * How far the stages are.
     *
     * @param committed offsets of all stages, read before the ends
     * @param ends of the topics on the way
     */
    record Offsets(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        private Map<TopicPartition, Long> endsOf(String topic) {
            return ends.entrySet().stream()
                    .filter(end -> end.getKey().topic().equals(topic))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        private boolean reached(Map<TopicPartition, Long> targets) {
            return targets.entrySet().stream()
                    .allMatch(target -> committed.getOrDefault(target.getKey(), 0L) >= target.getValue());
        }
    }

    /** @param topics on the way, in their order, {@code ipn.raw} first */
    Passage(List<String> topics, Offsets now) {
        this.topics = new ArrayDeque<>(topics);
        targets = now.endsOf(this.topics.remove());
    }

    /** Whether all has passed the last topic. */
    boolean hasEnded(Offsets now) {
        while (now.reached(targets)) {
            if (topics.isEmpty()) {
                return true;
            }
            targets = now.endsOf(topics.remove());
        }
        return false;
    }
}
