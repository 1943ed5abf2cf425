package ipn.bench.projector;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Paid months of premium that nothing renews, and that end one after another.
 *
 * @param count of them, each of a user of its own
 * @param endsFrom when the first ends; whole milliseconds
 * @param within the stretch over which they end, spread evenly
 */
record Memberships(int count, Instant endsFrom, Duration within) {
    private static final String USER = "member-";
    private static final Duration PAID_FOR = Duration.ofDays(30);
    private static final long PRICE = 800;

    /** When it ends, to the millisecond. */
    Instant end(int number) {
        return endsFrom.plusMillis(within.toMillis() * number / count);
    }

    /** After all of them. */
    Instant endsBy() {
        return endsFrom.plus(within);
    }

    /** True of a user who has one of them. */
    static boolean has(String subject) {
        return subject.startsWith(USER);
    }

    static int number(String subject) {
        return Integer.parseInt(subject.substring(USER.length()));
    }

    /** Writes the claims that the projector makes of such payments; returns when the broker has all. */
    void write(KafkaSettings kafka) {
        var topic = kafka.topics().name(TopicCatalogue.CLAIMS);
        var properties = kafka.client();
        properties.put("linger.ms", "20");
        properties.put("batch.size", "131072");
        try (var values = kafka.serdes().serializer(Claim.class);
                var producer = new KafkaProducer<>(properties, new StringSerializer(), values)) {
            for (var number = 0; number < count; number++) {
                var claim = claim(number);
                // What is lost is missed by whoever waits for it.
                var unused = producer.send(new ProducerRecord<>(topic, claim.getSubject(), claim));
            }
            producer.flush();
        }
    }

    private Claim claim(int number) {
        var key = "stripe/main/pi-" + USER + number;
        var end = end(number);
        var start = end.minus(PAID_FOR);
        return Claim.newBuilder()
                .setClaimKey(key)
                .setPaymentKey(key)
                .setSubject(USER + number)
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.PERIOD)
                .setStatus(ClaimStatus.PAID)
                .setFrom(start)
                .setUntil(end)
                .setAt(start)
                .setAmount(PRICE)
                .setCurrency("USD")
                .setTest(true)
                .setCause(Cause.newBuilder()
                        .setEventKey("stripe/main/evt-" + USER + number)
                        .setTopic("ipn.raw")
                        .setPartition(0)
                        .setOffset(number)
                        .build())
                .build();
    }
}
