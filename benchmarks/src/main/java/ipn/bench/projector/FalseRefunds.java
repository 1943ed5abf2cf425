package ipn.bench.projector;

import ipn.avro.DisputeStatus;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.RecordPosition;
import ipn.avro.Totals;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the outcomes of paid promoted posts and of their refunds, as a processor does. */
final class FalseRefunds implements AutoCloseable {
    private static final long PRICE = 2_500;

    private final String topic;
    private final Serializer<Outcome> values;
    private final KafkaProducer<String, Outcome> producer;
    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();

    FalseRefunds(KafkaSettings kafka) {
        topic = kafka.topics().name(TopicCatalogue.OUTCOMES);
        values = kafka.serdes().serializer(Outcome.class);
        Properties properties = kafka.client();
        properties.put("linger.ms", "2");
        producer = new KafkaProducer<>(properties, new StringSerializer(), values);
    }

    /** Writes the payment of a user. */
    void paid(String user, int number) {
        send(user, number, paidKey(user, number), 0);
    }

    /** The event key of a payment that {@link #paid} writes. */
    static String paidKey(String user, int number) {
        return "stripe/main/evt-paid-" + user + "-" + number;
    }

    /** Writes a full refund of the payment of a user. */
    void refunded(String user, int number) {
        send(user, number, "stripe/main/evt-refund-" + user + "-" + number, PRICE);
    }

    void flush() {
        producer.flush();
    }

    /** The time of each send by event key, by {@link System#nanoTime()}. */
    Map<String, Long> sentAt() {
        return sentAt;
    }

    private void send(String user, int number, String event, long refunded) {
        var key = "stripe/main/pi-" + user + "-" + number;
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var payment = PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(false)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of(new Totals("USD", 0L, PRICE, refunded, 0L, 0L, 0L)))
                .setReferences(Map.of("subject", user + "-" + number, "product", "promoted-post", "reference", "post"))
                .setFacts(List.of())
                .setEvents(List.of())
                .setCapturedAt(now)
                .setRefundedAt(refunded == 0 ? null : now)
                .build();
        var outcome = Outcome.newBuilder()
                .setKind(OutcomeKind.APPLIED)
                .setPaymentKey(key)
                .setEventKey(event)
                .setGateway("stripe")
                .setAccount("main")
                .setEventType("some.type")
                .setSource(new RecordPosition("ipn.raw", 0, (long) number))
                .setPayment(payment)
                .build();
        sentAt.put(outcome.getEventKey(), System.nanoTime());
        // a lost record appears as a missing entitlement event
        var unused = producer.send(new ProducerRecord<>(topic, key, outcome));
    }

    @Override
    public void close() {
        producer.close();
        values.close();
    }
}
