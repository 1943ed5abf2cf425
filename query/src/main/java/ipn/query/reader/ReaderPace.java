package ipn.query.reader;

import java.time.Duration;

/**
 * How often the reader does what nothing tells it to do.
 *
 * @param poll longest wait for records
 * @param askEnds at least between two questions for the ends of the topics
 * @param lookForTopics at least between two looks for topics that do not exist yet
 * @param retry before it starts again after a failure, or asks again whether it may write
 */
record ReaderPace(Duration poll, Duration askEnds, Duration lookForTopics, Duration retry) {
    static final ReaderPace USUAL = new ReaderPace(
            Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(1));
}
