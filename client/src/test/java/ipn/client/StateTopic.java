package ipn.client;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.embedded.EmbeddedRegistry;
import ipn.key.EntitlementKey;
import ipn.key.SubjectId;
import ipn.polling.Polling;
import ipn.serde.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The topic {@code ipn.entitlement-state} as the projector writes it: in transactions, in the partition of the subject. */
final class StateTopic implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final Instant AT = Instant.parse("2026-11-22T18:49:19Z");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Admin admin;
    private final String name;
    private final Serializer<Entitlement> values;
    private final KafkaProducer<byte[], byte[]> producer;

    private StateTopic(String servers, Admin admin, String name, EmbeddedRegistry registry) {
        this.admin = admin;
        this.name = name;
        values = AvroSerdes.of(Map.of("schema.registry.url", registry.url())).serializer(Entitlement.class);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "transactional.id", "test-" + UUID.randomUUID(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    static StateTopic create(String servers, EmbeddedRegistry registry) throws Exception {
        var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers));
        var topic = new StateTopic(servers, admin, "state-" + UUID.randomUUID(), registry);
        topic.create();
        return topic;
    }

    private void create() throws Exception {
        var topic = new NewTopic(name, PARTITIONS, (short) 1).configs(Map.of("cleanup.policy", "compact"));
        admin.createTopics(List.of(topic)).all().get();
    }

    String name() {
        return name;
    }

    /** Deletes the topic with all its records, and creates it again. */
    void recreate() throws Exception {
        admin.deleteTopics(List.of(name)).all().get();
        create();
    }

    /** Writes revisions of a subject's premium, and commits. */
    void commit(String subject, long... revisions) {
        producer.beginTransaction();
        send(subject, revisions);
        commit();
    }

    /** A broker confirms a commit before it writes the markers that make the records readable, so this waits for them. */
    private void commit() {
        producer.commitTransaction();
        if (!Polling.upTo(PATIENCE)
                .until(() -> ends(IsolationLevel.READ_COMMITTED).equals(ends(IsolationLevel.READ_UNCOMMITTED)))) {
            throw new IllegalStateException("the committed records are not readable after " + PATIENCE);
        }
    }

    private List<Long> ends(IsolationLevel isolation) {
        var latest = IntStream.range(0, PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(number -> new TopicPartition(name, number), number -> OffsetSpec.latest()));
        var ends = admin.listOffsets(latest, new ListOffsetsOptions(isolation));
        return latest.keySet().stream()
                .map(partition -> ends.partitionResult(partition)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .offset())
                .toList();
    }

    /** Writes, and aborts. */
    void abort(String subject, long... revisions) {
        producer.beginTransaction();
        send(subject, revisions);
        producer.flush();
        producer.abortTransaction();
    }

    void commitDeletion(String subject) {
        producer.beginTransaction();
        send(subject, (byte[]) null);
        commit();
    }

    void commitGarbage(String subject) {
        producer.beginTransaction();
        send(subject, new byte[] {42});
        commit();
    }

    private void send(String subject, long... revisions) {
        for (var revision : revisions) {
            send(subject, values.serialize(name, new Entitlement(event(subject, revision), null)));
        }
    }

    private void send(String subject, byte @Nullable [] value) {
        var key = new EntitlementKey(new SubjectId(subject), "premium", Optional.empty());
        var unused = producer.send(new ProducerRecord<>(
                name, partitionOf(subject), key.toString().getBytes(StandardCharsets.UTF_8), value));
    }

    static int partitionOf(String subject) {
        return Utils.toPositive(Utils.murmur2(subject.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
    }

    private static EntitlementEvent event(String subject, long revision) {
        return EntitlementEvent.newBuilder()
                .setEventId(subject + "/premium//" + revision)
                .setType(EntitlementEventType.EXTENDED)
                .setSubject(subject)
                .setEntitlement("premium")
                .setRevision(revision)
                .setStatus(EntitlementStatus.ACTIVE)
                .setFrom(AT)
                .setReason(AccessReason.PAID)
                .setPaymentKey("stripe/main/in_" + revision)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("p")
                .setDecidedAt(AT)
                .build();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
