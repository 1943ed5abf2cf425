package ipn.processor.watch;

import ipn.runtime.ClockWatch;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Chooses one of all processes: the member of a consumer group that has the first partition of a topic. It reads nothing. A process that restarts within
 * some minutes keeps its place, because only it has what was learned.
 */
final class Election implements AutoCloseable {
    private static final Duration SESSION = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration JOINING = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ClockWatch clockWatch;
    private final TopicPartition first;

    /** @param instance the name that this process keeps over restarts */
    Election(KafkaSettings kafka, String topic, String group, String instance) {
        var settings = kafka.client();
        settings.put("group.id", group);
        settings.put("group.instance.id", instance);
        settings.put("session.timeout.ms", Long.toString(SESSION.toMillis()));
        settings.put("heartbeat.interval.ms", "3000");
        settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "latest");
        settings.put("allow.auto.create.topics", "false");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        first = new TopicPartition(topic, 0);
        consumer.subscribe(List.of(topic), new PauseAll());
        clockWatch = ClockWatch.start(consumer::wakeup);
    }

    /**
     * Whether it is this process, as far as it knows. Must be called often, like a poll.
     *
     * @throws WakeupException if the wall clock was set back: it must be opened again
     */
    boolean isElected() {
        consumer.poll(consumer.assignment().isEmpty() ? JOINING : POLL);
        return consumer.assignment().contains(first);
    }

    private final class PauseAll implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // nothing was read
        }
    }

    @Override
    public void close() {
        clockWatch.close();
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
