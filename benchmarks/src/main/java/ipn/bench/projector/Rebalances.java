package ipn.bench.projector;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * How often the consumers of this JVM had their partitions assigned, as Kafka's own client counts it.
 *
 * @param byClient by client id; one that died and was replaced comes under another
 */
record Rebalances(Map<String, Long> byClient) {
    private static final String COUNTED = "rebalance-total";

    static Rebalances now() {
        var server = ManagementFactory.getPlatformMBeanServer();
        var counts = new HashMap<String, Long>();
        for (var name : server.queryNames(coordinators(), null)) {
            try {
                var count = ((Number) server.getAttribute(name, COUNTED)).longValue();
                counts.put(name.getKeyProperty("client-id"), count);
            } catch (JMException e) {
                throw new IllegalStateException(name + ": does not tell " + COUNTED, e);
            }
        }
        return new Rebalances(counts);
    }

    /** Those of clients that are there now. */
    long since(Rebalances before) {
        return byClient.entrySet().stream()
                .mapToLong(each -> each.getValue() - before.byClient.getOrDefault(each.getKey(), 0L))
                .sum();
    }

    /** All there ever were; 0 would mean that nothing is counted, for a consumer begins with one. */
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
