package ipn.bench.projector;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The number of rebalances of the consumers of this JVM, as the Kafka client counts them.
 *
 * @param byClient the numbers by client id; a restarted client has a new id
 */
record Rebalances(Map<String, Long> byClient) {
    private static final String METRIC = "rebalance-total";

    /** The current numbers. */
    static Rebalances read() {
        var server = ManagementFactory.getPlatformMBeanServer();
        var counts = new HashMap<String, Long>();
        for (var name : server.queryNames(coordinators(), null)) {
            try {
                var count = ((Number) server.getAttribute(name, METRIC)).longValue();
                counts.put(name.getKeyProperty("client-id"), count);
            } catch (JMException e) {
                throw new IllegalStateException(name + ": no metric " + METRIC, e);
            }
        }
        return new Rebalances(counts);
    }

    /** The rebalances of the current clients since an earlier reading. */
    long since(Rebalances before) {
        return byClient.entrySet().stream()
                .mapToLong(each -> each.getValue() - before.byClient.getOrDefault(each.getKey(), 0L))
                .sum();
    }

    /** All rebalances of the current clients. A consumer starts with one, so 0 means that the metric is missing. */
    long total() {
        return since(new Rebalances(Map.of()));
    }

    private static ObjectName coordinators() {
        try {
            return new ObjectName("kafka.consumer:type=consumer-coordinator-metrics,client-id=*");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
