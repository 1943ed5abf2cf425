package ipn.runtime.producer;

import java.time.Duration;
import java.util.List;

/**
 * What waits before a producer, and for how long.
 *
 * @param thread name of the thread that sends
 * @param topics full names; without them nothing is sent
 * @param batchesMax more are refused
 * @param timeout after this long in the queue, records are not sent any more
 * @param closeTimeout how long closing waits for the records accepted so far
 */
public record ProducerQueue(
        String thread, List<String> topics, int batchesMax, Duration timeout, Duration closeTimeout) {
    public ProducerQueue {
        topics = List.copyOf(topics);
    }
}
