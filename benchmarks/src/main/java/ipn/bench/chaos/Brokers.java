package ipn.bench.chaos;

import java.io.IOException;
import java.util.Random;

/** The Kafka of a pipeline, one broker or several, as faults reach it. */
interface Brokers extends AutoCloseable {
    /** Whether there are several, of which two must have a record. */
    boolean several();

    /** The network between one broker, chosen at random, and all but the other brokers. */
    BrokerLink link(Random random);

    /** The process of one broker, chosen at random. */
    long pid(Random random) throws IOException;

    /** Kills one broker with SIGKILL, and starts it again at once; returns when it runs. */
    void kill(Random random) throws IOException, InterruptedException;

    /**
     * Kills some brokers with SIGKILL, and starts them again later; returns when they run.
     *
     * @param count of several, chosen at random
     */
    void killFor(int count, int millis, Random random) throws InterruptedException;

    /** Stops each of several and starts it again, one after the other, as when they are upgraded. */
    void roll();

    @Override
    void close() throws IOException;
}
