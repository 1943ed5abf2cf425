package ipn.bench.access;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the state of one paid month for each of many users, as a projector would have written it. */
final class SeededEntitlements {
    private SeededEntitlements() {}

    static void write(KafkaSettings kafka, int users, Instant now) {
        var topic = kafka.topics().name(TopicCatalogue.ENTITLEMENT_STATE);
        var settings = kafka.client();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        try (var values = kafka.serdes().serializer(Entitlement.class);
                var producer = new KafkaProducer<>(settings, new StringSerializer(), values)) {
            for (var i = 0; i < users; i++) {
                var unused = producer.send(
                        new ProducerRecord<>(topic, StoredAccess.user(i) + "/premium/", entitlement(i, now)));
            }
            producer.flush();
        }
    }

    private static Entitlement entitlement(int number, Instant now) {
        var decidedAt = now.minusSeconds(60 + number % 1_000_000);
        var payment = "stripe/main/in_1%023d".formatted(number);
        return Entitlement.newBuilder()
                .setLast(EntitlementEvent.newBuilder()
                        .setEventId("%s/premium//1".formatted(StoredAccess.user(number)))
                        .setType(EntitlementEventType.GRANTED)
                        .setSubject(StoredAccess.user(number))
                        .setEntitlement("premium")
                        .setRevision(1L)
                        .setStatus(EntitlementStatus.ACTIVE)
                        .setFrom(decidedAt)
                        .setUntil(decidedAt.plus(Duration.ofDays(30)))
                        .setReason(AccessReason.PAID)
                        .setProduct("premium")
                        .setPaymentKey(payment)
                        .setTest(true)
                        .setCause(new Cause(
                                "stripe/main/evt_1%023d".formatted(number), "ipn.raw", 0, (long) number, false))
                        .setPolicyVersion("1ece3b914ec7")
                        .setDecidedAt(decidedAt)
                        .build())
                .build();
    }
}
