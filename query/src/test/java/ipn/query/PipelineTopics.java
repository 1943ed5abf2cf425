package ipn.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DeadLetterStatus;
import ipn.avro.Decision;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.embedded.KafkaUnderTest;
import ipn.key.EntitlementKey;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Topics of a test's own on the real broker, and who writes to them in transactions, as the stages do. */
public final class PipelineTopics implements AutoCloseable {
    private final KafkaSettings settings;
    private final String transactionalId = UUID.randomUUID().toString();
    private final Map<Class<?>, Serializer<?>> serializers = new HashMap<>();
    private boolean hasChangelogs;
    private KafkaProducer<byte[], byte[]> producer;

    /** Topics that exist. */
    PipelineTopics(KafkaSettings settings) {
        this.settings = settings;
        producer = producer();
    }

    private KafkaProducer<byte[], byte[]> producer() {
        var client = settings.client();
        client.put("transactional.id", transactionalId);
        var opened = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        opened.initTransactions();
        return opened;
    }

    /** Goes on after a failure, with a new producer; a transaction that the old one left open is aborted. */
    void reopen() {
        producer.close(Duration.ZERO);
        producer = producer();
    }

    public static PipelineTopics create(Class<?> test, int partitions) {
        var kafka = KafkaUnderTest.shared();
        var topics = kafka.createTopics(test, partitions);
        return new PipelineTopics(new KafkaSettings(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                Map.of("schema.registry.url", "mock://" + topics.prefix(), "auto.register.schemas", "true"),
                topics));
    }

    public KafkaSettings settings() {
        return settings;
    }

    /** With the changelogs of a projector of the test's own. */
    public IndexedTopics indexed() {
        return new IndexedTopics(settings.topics().prefix() + "projector");
    }

    /** Creates the changelogs, as a projector does that starts. */
    public void createChangelogs() {
        createChangelogs(indexed());
        hasChangelogs = true;
    }

    /** Those of another projector. */
    public void createChangelogs(IndexedTopics of) {
        try (var admin = Admin.create(settings.client())) {
            admin.createTopics(Stream.of(of.claims(), of.orderAllocations())
                            .map(name -> new NewTopic(name, settings.topics().partitions(), (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes to a changelog. */
    public void writeTo(String changelog, String key, @Nullable SpecificRecord value) {
        producer.send(
                new ProducerRecord<>(changelog, key.getBytes(UTF_8), value == null ? null : avro(changelog, value)));
    }

    /** Writes records in one transaction. */
    public void commit(Runnable writes) {
        producer.beginTransaction();
        writes.run();
        producer.commitTransaction();
    }

    /** Writes records in a transaction that is rolled back; they are in the topics all the same. */
    public void abort(Runnable writes) {
        producer.beginTransaction();
        writes.run();
        producer.flush();
        producer.abortTransaction();
    }

    /** Writes a value, or none, which withdraws what the key had. */
    public void write(String topic, String key, @Nullable SpecificRecord value) {
        var name = settings.topics().name(topic);
        producer.send(new ProducerRecord<>(name, key.getBytes(UTF_8), value == null ? null : avro(name, value)));
    }

    @SuppressWarnings("unchecked")
    private byte[] avro(String topic, SpecificRecord value) {
        var serializer = (Serializer<SpecificRecord>) serializers.computeIfAbsent(
                value.getClass(), type -> settings.serdes().serializer(type.asSubclass(SpecificRecord.class)));
        return serializer.serialize(topic, value);
    }

    /** Writes to a partition of the caller's choice. */
    void writeBytes(String topic, int partition, String key, byte[] value) {
        producer.send(new ProducerRecord<>(settings.topics().name(topic), partition, key.getBytes(UTF_8), value));
    }

    public void writeBytes(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(settings.topics().name(topic), key.getBytes(UTF_8), value));
    }

    /** Writes a dead letter as the projector does. */
    public void writeDeadLetter(String id, String key, int attempts) {
        var record = new ProducerRecord<>(
                settings.topics().name(TopicCatalogue.DLQ),
                key.getBytes(UTF_8),
                "{\"customer\":\"u_77\"".getBytes(UTF_8));
        Map.of(
                        Headers.CE_ID, "stripe/main/evt_1",
                        Headers.CE_TYPE, "invoice.paid",
                        Headers.CE_SOURCE, "/ipn/stripe/main",
                        Headers.ERROR_MESSAGE, "$: unexpected end",
                        Headers.DLQ_REASON, "MALFORMED")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        Map.of(
                        Headers.DLQ_ID, id,
                        Headers.DLQ_STAGE, "processor",
                        Headers.DLQ_CLASS, "permanent",
                        Headers.DLQ_FINGERPRINT, "f_1",
                        Headers.DLQ_ATTEMPTS, Integer.toString(attempts),
                        Headers.DLQ_LAST_FAILED_AT, "2026-11-30T10:00:00Z",
                        Headers.ERROR_TOPIC, settings.topics().name(TopicCatalogue.RAW),
                        Headers.ERROR_PARTITION, "1",
                        Headers.ERROR_OFFSET, "17")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        producer.send(record);
    }

    /** Writes one record of each topic; the same id is always in the same partition. */
    public void writeOneOfEach(AnyRecord any) {
        var payment = any.of(PaymentState.class);
        write(TopicCatalogue.PAYMENTS, payment.getPaymentKey(), payment);
        var outcome = any.of(Outcome.class);
        write(TopicCatalogue.OUTCOMES, outcome.getSource().toString(), outcome);
        var order = any.of(Order.class);
        write(TopicCatalogue.ORDERS, order.getOrderId(), order);
        var event = any.of(EntitlementEvent.class);
        write(TopicCatalogue.ENTITLEMENTS, event.getEventId(), event);
        var entitlement = any.of(Entitlement.class);
        write(
                TopicCatalogue.ENTITLEMENT_STATE,
                EntitlementKey.of(entitlement.getLast()).toString(),
                entitlement);
        var discrepancy = any.of(Discrepancy.class);
        write(TopicCatalogue.DISCREPANCIES, discrepancy.getDiscrepancyId(), discrepancy);
        var decision = any.of(Decision.class);
        write(TopicCatalogue.DECISIONS, decision.getDecisionId(), decision);
        var entry = any.of(LedgerEntry.class);
        write(TopicCatalogue.LEDGER, entry.getEntryId(), entry);
        var notification = any.of(NotificationCommand.class);
        write(TopicCatalogue.NOTIFICATIONS, notification.getNotificationId(), notification);
        if (hasChangelogs) {
            writeTo(
                    indexed().claims(),
                    EntitlementKey.of(entitlement.getLast()).toString(),
                    any.of(EntitlementClaims.class));
            writeTo(indexed().orderAllocations(), order.getOrderId(), any.of(OrderAllocation.class));
        }
        var status = any.of(DeadLetterStatus.class);
        write(TopicCatalogue.DLQ_STATUS, status.getDeadLetterId(), status);
        writeDeadLetter(status.getDeadLetterId(), status.getDeadLetterId(), 1 + status.getAttempts() % 3);
        for (var withdrawn : List.of(TopicCatalogue.ORDERS, TopicCatalogue.DLQ_STATUS)) {
            write(withdrawn, any.of(Order.class).getOrderId(), null);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
