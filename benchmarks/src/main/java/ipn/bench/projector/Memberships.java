package ipn.bench.projector;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Paid months of premium without a renewal, which end one after another.
 *
 * @param count the number of memberships; each belongs to another user
 * @param firstEnd the end of the first membership, in whole milliseconds
 * @param within the duration over which the ends are spread evenly
 */
public record Memberships(int count, Instant firstEnd, Duration within) {
    private static final String USER = "member-";
    private static final Duration PAID_FOR = Duration.ofDays(30);
    private static final long PRICE = 800;

    /** The end of a membership, in whole milliseconds. */
    Instant end(int number) {
        return firstEnd.plusMillis(within.toMillis() * number / count);
    }

    /** A time by which all memberships have ended. */
    Instant endsBy() {
        return firstEnd.plus(within);
    }

    /** True if the subject has one of these memberships. */
    static boolean isMember(String subject) {
        return subject.startsWith(USER);
    }

    /** The number of the membership of a subject. */
    static int number(String subject) {
        return Integer.parseInt(subject.substring(USER.length()));
    }

    /** Writes the claims that the projector derives from such payments; returns when the broker has stored all. */
    void write(KafkaSettings kafka) {
        write(kafka, subject -> true);
    }

    /** As {@link #write(KafkaSettings)}, but only those of some subjects. */
    public void write(KafkaSettings kafka, Predicate<String> subjects) {
        var topic = kafka.topics().name(TopicCatalogue.CLAIMS);
        var properties = kafka.client();
        properties.put("linger.ms", "20");
        properties.put("batch.size", "131072");
        try (var values = kafka.serdes().serializer(Claim.class);
                var producer = new KafkaProducer<>(properties, new StringSerializer(), values)) {
            for (var number = 0; number < count; number++) {
                if (!subjects.test(USER + number)) {
                    continue;
                }
                var claim = claim(number);
                // a lost record appears as a missing entitlement event
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
