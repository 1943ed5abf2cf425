package ipn.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Cause;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.PaymentState;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueriesIT {
    private static final String PI = "stripe/main/pi_1";
    private Cluster cluster;

    @BeforeEach
    void createTopics() {
        cluster = Cluster.create(getClass(), 5);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void of_a_payment_the_newest_state_counts_and_the_history_is_bounded() {
        cluster.write(List.of(state(PI, "PENDING"), state("stripe/main/pi_2", "FAILED"), state(PI, "COMPLETED")));
        for (var offset = 0; offset < 4; offset++) {
            cluster.write(outcome(offset, offset == 0 ? "APPLIED" : "DUPLICATE"));
        }
        var payment = new PaymentQuery(cluster.kafka, cluster.serdes).show(PI, 3);

        assertThat(payment.state()).get().extracting(PaymentState::getStatus).isEqualTo("COMPLETED");
        assertThat(payment.history()).extracting(step -> step.source().offset()).containsExactly(3L, 2L, 1L);
        assertThat(payment.history().get(0))
                .isEqualTo(new PaymentQuery.Step(
                        "DUPLICATE",
                        null,
                        "stripe/main/evt_3",
                        "payment_intent.succeeded",
                        null,
                        null,
                        new Position(cluster.topic(TopicCatalogue.RAW), 0, 3),
                        null));
        assertThat(payment.known()).isTrue();
    }

    @Test
    void of_a_payment_never_heard_of_nothing_is_known() {
        assertThat(new PaymentQuery(cluster.kafka, cluster.serdes).show(PI, 3).known())
                .isFalse();
    }

    @Test
    void of_a_subject_all_that_holds_now_and_nothing_of_others() {
        var query = new EntitlementQuery(cluster.kafka, cluster.serdes);
        write(event("ada", "premium", null, 1, "ACTIVE"));
        write(event("ada", "premium", null, 2, "ENDED"));
        write(event("ada", "promotion", "campaign/7", 1, "ACTIVE"));
        write(event(neighbourOf("ada"), "premium", null, 9, "ACTIVE"));
        write(event("ad", "premium", null, 9, "ACTIVE"));
        var access = query.of("ada", 2);

        assertThat(access.current())
                .extracting(EntitlementEvent::getEntitlement, EntitlementEvent::getRevision)
                .containsExactly(tuple("premium", 2L), tuple("promotion", 1L));
        assertThat(access.history())
                .extracting(EntitlementEvent::getEntitlement, EntitlementEvent::getRevision)
                .containsExactly(tuple("promotion", 1L), tuple("premium", 2L));
    }

    @Test
    void what_was_removed_from_the_state_holds_no_more() {
        var query = new EntitlementQuery(cluster.kafka, cluster.serdes);
        write(event("ada", "premium", null, 1, "ENDED"));
        cluster.write(new ProducerRecord<>(
                cluster.topic(TopicCatalogue.ENTITLEMENT_STATE), partitionOf("ada"), bytes("ada/premium"), null));

        assertThat(query.of("ada", 2).current()).isEmpty();
        assertThat(query.of("nobody", 2).history()).isEmpty();
    }

    private ProducerRecord<byte[], byte[]> state(String key, String status) {
        var state = PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(status)
                .setDisputeStatus("NONE")
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
        return cluster.avro(TopicCatalogue.PAYMENTS, null, key, PaymentState.class, state);
    }

    private ProducerRecord<byte[], byte[]> outcome(long offset, String kind) {
        var source = new Position(cluster.topic(TopicCatalogue.RAW), 0, offset);
        var placed = cluster.outcome(source, PI, "stripe/main/evt_" + offset, kind);
        return new ProducerRecord<>(placed.topic(), placed.key(), placed.value());
    }

    private static EntitlementEvent event(
            String subject, String entitlement, String scope, long revision, String status) {
        return EntitlementEvent.newBuilder()
                .setEventId(String.join("/", subject, entitlement, "" + scope, Long.toString(revision)))
                .setType("GRANTED")
                .setSubject(subject)
                .setEntitlement(entitlement)
                .setScope(scope)
                .setRevision(revision)
                .setStatus(status)
                .setReason("PAID")
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("1")
                .setDecidedAt(Instant.EPOCH)
                .build();
    }

    /** As the projector does: the state lies in the partition of the subject, under a longer key. */
    private void write(EntitlementEvent event) {
        var subject = event.getSubject();
        var key = subject + "/" + event.getEntitlement() + (event.getScope() == null ? "" : "/" + event.getScope());
        cluster.write(List.of(
                cluster.avro(TopicCatalogue.ENTITLEMENTS, null, subject, EntitlementEvent.class, event),
                cluster.avro(
                        TopicCatalogue.ENTITLEMENT_STATE,
                        partitionOf(subject),
                        key,
                        Entitlement.class,
                        new Entitlement(event, null))));
    }

    private static int partitionOf(String subject) {
        return BuiltInPartitioner.partitionForKey(bytes(subject), 5);
    }

    /** Another subject whose keys begin like this one's, in the same partition. */
    private static String neighbourOf(String subject) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> subject + "/" + number)
                .filter(other -> partitionOf(other) == partitionOf(subject))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
