package ipn.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The settings of a single broker that is its own controller, kept small for one machine. */
public final class BrokerSettings {
    private static final int MIB = 1024 * 1024;

    // spotless:off
    /** Settings that the pipeline requires of any broker it is tested on. */
    public static final Map<String, String> REQUIRED = Map.ofEntries(
            Map.entry("auto.create.topics.enable",                  "false"),
            Map.entry("message.max.bytes",                          Integer.toString(7 * MIB)),
            Map.entry("offsets.topic.replication.factor",           "1"),
            Map.entry("offsets.topic.num.partitions",               "8"),
            Map.entry("transaction.state.log.replication.factor",   "1"),
            Map.entry("transaction.state.log.min.isr",              "1"),
            Map.entry("transaction.state.log.num.partitions",       "8"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr",      "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("min.insync.replicas",                        "1"),
            // No further members are expected, so do not wait for them.
            Map.entry("group.initial.rebalance.delay.ms",           "0"),
            // A killed stage is detected within seconds if it sets such a short session timeout.
            Map.entry("group.min.session.timeout.ms",               "1000"),
            // The next transaction starts while the markers of the last are written; the default backoff of 20 ms dominates the tail.
            Map.entry("add.partitions.to.txn.retry.backoff.ms",     "1"),
            Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000"));

    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("num.network.threads",                        "2"),
            Map.entry("num.io.threads",                             "4"),
            Map.entry("background.threads",                         "2"),
            Map.entry("num.recovery.threads.per.data.dir",          "2"),
            Map.entry("log.segment.bytes",                          Integer.toString(128 * MIB)),
            Map.entry("log.index.size.max.bytes",                   Integer.toString(MIB)),
            Map.entry("log.retention.check.interval.ms",            "60000"),
            // The default of 128 MiB is allocated on the heap at the start.
            Map.entry("log.cleaner.dedupe.buffer.size",             Integer.toString(16 * MIB)),
            // Not less than Kafka's default: after a session without a heartbeat the only broker leads no partition for a moment, and from 4.3.0 on
            // Kafka then forgets to end transactions (KAFKA-20734). Not more: a killed broker can register again only after its old session has expired.
            Map.entry("broker.session.timeout.ms",                  "9000"),
            Map.entry("broker.heartbeat.interval.ms",               "500"));
    // spotless:on

    private BrokerSettings() {}

    /** All settings of a broker on loopback; those of {@code options} take precedence. */
    static Map<String, String> of(Path logFolder, int port, int controllerPort, BrokerOptions options) {
        var all = new TreeMap<String, String>();
        all.putAll(REQUIRED);
        all.putAll(SMALL);
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        // With static voters the controller port can change at a restart; dynamic voters would need a reconfiguration.
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("inter.broker.listener.name", "PLAINTEXT");
        all.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("log.dirs", logFolder.toString());
        all.putAll(options.settings());
        return all;
    }
}
