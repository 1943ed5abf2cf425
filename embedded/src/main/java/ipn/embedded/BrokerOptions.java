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
 */
public record BrokerOptions(int heapMib, String classPath, Map<String, String> settings, Duration startTimeout) {
    public BrokerOptions {
        settings = Map.copyOf(settings);
    }

    /** A small broker on the class path of this JVM. */
    public static BrokerOptions defaults() {
        return new BrokerOptions(384, System.getProperty("java.class.path"), Map.of(), Duration.ofSeconds(60));
    }

    /** The same with one more broker setting. */
    public BrokerOptions with(String setting, String value) {
        var more = new TreeMap<>(settings);
        more.put(setting, value);
        return new BrokerOptions(heapMib, classPath, more, startTimeout);
    }

    /** The same on another class path. */
    public BrokerOptions withClassPath(String other) {
        return new BrokerOptions(heapMib, other, settings, startTimeout);
    }
}
