package ipn.bench.twin;

import ipn.bench.load.EntitlementArrivals;
import ipn.bench.measure.StagesIdle;
import ipn.bench.pipeline.Side;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/** One of the two systems that are compared. Both get the same requests, and their results are read in the same way. */
interface Contender {
    Side side();

    /** The base URL of the endpoint for gateways. */
    URI url();

    /** Starts to read entitlement events at the end of the topic. */
    EntitlementArrivals arrivals() throws InterruptedException;

    /** Observes its consumer groups and outputs. */
    StagesIdle idle(StagesIdle.Pace pace) throws InterruptedException, ExecutionException;

    /** Full names of outputs that are written later on purpose. */
    Set<String> delayedTopics();

    /** The end offsets of the topics that {@link #storedEventKeys} and {@link #emitted} read. */
    Map<TopicPartition, Long> ends();

    /** The event keys of the raw records since some offsets. */
    Set<String> storedEventKeys(Map<TopicPartition, Long> begins);

    /** The entitlement events since some offsets, as a committed reader reads them. */
    List<Emitted> emitted(Map<TopicPartition, Long> begins);

    /** Stops its own processes as an operator does; broker and database go on. */
    void stop();

    /** Kills its own processes with SIGKILL; broker and database go on. */
    void kill() throws InterruptedException;

    /** Starts the processes again, after {@link #stop} or {@link #kill}. */
    void startAgain() throws IOException;

    /** Waits until the health checks of all processes report that they are ready. */
    void awaitReady() throws IOException;
}
