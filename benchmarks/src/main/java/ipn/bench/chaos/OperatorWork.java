package ipn.bench.chaos;

import ipn.bench.measure.CommittedRecords;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** What an engineer does with commands of {@code ipn} while faults happen. */
interface OperatorWork {
    /** What must be so before the first fault. */
    default void prepare() throws IOException, InterruptedException {}

    /** Works as long as it takes; a command that fails because of a fault is not repeated. */
    void work(Random random) throws IOException, InterruptedException;

    /** Whether the last command reported success. */
    boolean done();

    /** What has not come of it: what was reported as done must have its effect, and nothing may have it twice. */
    List<String> differences(KafkaSettings kafka, CommittedRecords reader);
}
