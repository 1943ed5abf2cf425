package ipn.embedded;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to run a broker.
 *
 * @param heapMib maximum heap of its JVM, in MiB
 * @param classPath class path of its JVM, with Kafka's server and this module
 * @param settings broker settings that are added to the defaults or replace them
 * @param startTimeout after which a start fails
 * @param longRun whether it runs long enough that the second compiler of its JVM pays; without it, a start needs less of the processors
 */
public record BrokerOptions(
        int heapMib, String classPath, Map<String, String> settings, Duration startTimeout, boolean longRun) {
    public BrokerOptions {
        settings = Map.copyOf(settings);
    }

    /** A small broker on the class path of this JVM, for a trial or a test. */
    public static BrokerOptions defaults() {
        return new BrokerOptions(384, System.getProperty("java.class.path"), Map.of(), Duration.ofSeconds(60), false);
    }

    /** The same for a run of more than a few minutes at high load. */
    public BrokerOptions forLongRun() {
        return new BrokerOptions(heapMib, classPath, settings, startTimeout, true);
    }

    /** The same with more time to start, as one of several brokers needs on a busy machine. */
    public BrokerOptions startWithin(Duration timeout) {
        return new BrokerOptions(heapMib, classPath, settings, timeout, longRun);
    }

    /** The same with one more broker setting. */
    public BrokerOptions with(String setting, String value) {
        var more = new TreeMap<>(settings);
        more.put(setting, value);
        return new BrokerOptions(heapMib, classPath, more, startTimeout, longRun);
    }

    /** The same on another class path. */
    public BrokerOptions withClassPath(String other) {
        return new BrokerOptions(heapMib, other, settings, startTimeout, longRun);
    }
}
