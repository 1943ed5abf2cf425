package ipn.embedded;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's controller and broker, as Kafka's own server ({@link KafkaRaftServer}) runs them in one JVM, with one difference: the broker
 * starts when the session of its last run is over.
 *
 * <p>A broker that was killed is, until then, the leader of its partitions for the controller. Kafka's server starts at once with what it
 * finds: its coordinator ends the transactions whose time is over, finds partitions without a leader when the session ends, and forgets to
 * end the transactions there (KAFKA-20734). A broker that starts afterwards leads nothing until it leads everything.
 */
final class KafkaNode {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    private final int id;
    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;

    KafkaNode(KafkaConfig config) {
        id = config.nodeId();
        var folders = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        var quorum = config.quorumConfig();
        shared = new SharedServer(
                config,
                folders._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, folders._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
                QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
        broker = new BrokerServer(shared);
    }

    /** Returns when both run. */
    void start() throws ExecutionException, InterruptedException {
        controller.startup();
        var over = new LastRunOver();
        shared.loader().installPublishers(List.of(over)).get();
        LOG.info("Controller started; the broker starts when the session of its last run is over");
        over.get();
        shared.loader().removeAndClosePublisher(over).get();
        broker.startup();
        LOG.info("Kafka {} started", AppInfoParser.getVersion());
    }

    void stop() {
        broker.shutdown();
        controller.shutdown();
    }

    void awaitStop() {
        broker.awaitShutdown();
        controller.awaitShutdown();
    }

    /** Completes when no earlier run of this broker counts as alive. */
    private final class LastRunOver extends CompletableFuture<Void> implements MetadataPublisher {
        @Override
        public String name() {
            return "last-run-over";
        }

        @Override
        public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
            var last = image.cluster().broker(id);
            if (last == null || last.fenced()) {
                complete(null);
            }
        }

        @Override
        public void close() {}
    }
}
