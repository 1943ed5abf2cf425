package ipn.query.http;

import ipn.decision.ApprovalPolicy;
import ipn.operations.decision.ApprovalVersions;
import ipn.operations.topic.ReaderPool;
import ipn.operations.topic.RecordIndex;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.query.IndexedTopics;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The topics that the tables are an index of, for questions that need the records themselves. Thread-safe. */
public final class Records implements AutoCloseable {
    private static final Duration APPROVAL_KEPT = Duration.ofSeconds(5);
    private static final int KAFKA_TIMEOUT_SECONDS = 5;

    private final KafkaSettings kafka;
    private final IndexedTopics indexed;
    private final Clock clock;
    private final AvroSerdes serdes;
    private final ReaderPool readers;
    private final Map<String, String> topics;
    private volatile @Nullable String cluster;
    private volatile Known known = new Known(ApprovalPolicy.NONE, Instant.MIN);

    private record Known(ApprovalPolicy approval, Instant at) {}

    /** @param kept most consumers that are kept */
    public Records(KafkaSettings kafka, IndexedTopics indexed, int kept, Clock clock) {
        this.kafka = kafka;
        this.indexed = indexed;
        this.clock = clock;
        this.serdes = kafka.serdes();
        this.readers = new ReaderPool(kafka, kept);
        this.topics = indexed.names(kafka);
    }

    /** Full names, by the names of lookups. */
    Map<String, String> topics() {
        return topics;
    }

    /** Names of lookups in topics that may not be there. */
    boolean isOptional(String topic) {
        return topic.equals(indexed.claims()) || topic.equals(indexed.orderAllocations());
    }

    /** Application id of the projector. */
    String projector() {
        return indexed.projector();
    }

    /** Reads what an index finds, and nothing else. */
    RecordSource source(RecordIndex index) {
        return new RecordSource(kafka, serdes, () -> readers.open(index));
    }

    /** Which decisions need approval. */
    ApprovalPolicy approval() {
        var now = clock.instant();
        if (known.at().plus(APPROVAL_KEPT).isBefore(now)) {
            try (TopicReader reader = readers.open(RecordIndex.NONE)) {
                var topic = kafka.topics().name(TopicCatalogue.CATALOGUES);
                known = new Known(ApprovalVersions.read(reader, serdes, topic).orElse(ApprovalPolicy.NONE), now);
            }
        }
        return known.approval();
    }

    /** Id of the Kafka cluster. */
    String cluster() {
        var found = cluster;
        if (found == null) {
            found = askCluster().orElseThrow(() -> new ProblemException(Problem.KAFKA_AWAY));
            cluster = found;
        }
        return found;
    }

    private Optional<String> askCluster() {
        try (var admin = Admin.create(kafka.client())) {
            return Optional.ofNullable(
                    admin.describeCluster().clusterId().get(KAFKA_TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        readers.close();
    }
}
