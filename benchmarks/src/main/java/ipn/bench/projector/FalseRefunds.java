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

/** Writes what a processor would: promoted posts that were paid for, and refunds of them. */
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

    /** User {@code number} has paid. */
    void paid(String who, int number) {
        send(who, number, paidKey(who, number), 0);
    }

    /** Event key of what {@link #paid} tells. */
    static String paidKey(String who, int number) {
        return "stripe/main/evt-paid-" + who + "-" + number;
    }

    /** A gateway says that user {@code number} got the money back. */
    void refunded(String who, int number) {
        send(who, number, "stripe/main/evt-refund-" + who + "-" + number, PRICE);
    }

    void flush() {
        producer.flush();
    }

    /** In {@link System#nanoTime()}, by event key. */
    Map<String, Long> sentAt() {
        return sentAt;
    }

    private void send(String who, int number, String event, long refunded) {
        var key = "stripe/main/pi-" + who + "-" + number;
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
                .setReferences(Map.of("subject", who + "-" + number, "product", "promoted-post", "reference", "post"))
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
        // What is lost is missed by whoever waits for it.
        var unused = producer.send(new ProducerRecord<>(topic, key, outcome));
    }

    @Override
    public void close() {
        producer.close();
        values.close();
    }
}
