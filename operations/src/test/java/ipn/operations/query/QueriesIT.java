package ipn.operations.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.DisputeStatus;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.NotificationCommand;
import ipn.avro.NotificationKind;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.key.EntitlementKey;
import ipn.operations.TestCluster;
import ipn.operations.decision.DiscrepancyDecisions;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
    private TestCluster cluster;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 5);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void the_newest_state_of_a_payment_counts_and_the_history_is_bounded() {
        cluster.write(List.of(
                state(PI, PaymentStatus.PENDING),
                state("stripe/main/pi_2", PaymentStatus.FAILED),
                state(PI, PaymentStatus.COMPLETED)));
        for (var offset = 0; offset < 4; offset++) {
            cluster.write(outcome(offset, offset == 0 ? OutcomeKind.APPLIED : OutcomeKind.DUPLICATE));
        }
        var payment = new PaymentQuery(cluster.kafka, cluster.serdes).show(PI, 3);

        assertThat(payment.state()).get().extracting(PaymentState::getStatus).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(payment.history()).extracting(step -> step.source().offset()).containsExactly(3L, 2L, 1L);
        assertThat(payment.history().get(0))
                .isEqualTo(new PaymentQuery.Step(
                        OutcomeKind.DUPLICATE,
                        null,
                        "stripe/main/evt_3",
                        "payment_intent.succeeded",
                        null,
                        null,
                        new Position(cluster.topic(TopicCatalogue.RAW), 0, 3),
                        null,
                        ""));
        assertThat(payment.known()).isTrue();
    }

    @Test
    void a_discrepancy_without_a_user_comes_with_the_one_that_its_payment_names() {
        cluster.write(state(PI, PaymentStatus.COMPLETED, Map.of("subject", "ada")));
        var discrepancy = Discrepancy.newBuilder()
                .setDiscrepancyId("UNKNOWN_ORDER/" + PI + ",order=o_9")
                .setState(DiscrepancyState.OPEN)
                .setKind(DiscrepancyKind.UNKNOWN_ORDER)
                .setPaymentKey(PI)
                .setOrder("o_9")
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("1")
                .setAt(Instant.EPOCH)
                .build();
        cluster.write(cluster.avro(TopicCatalogue.DISCREPANCIES, null, "o_9", Discrepancy.class, discrepancy));

        var decisions = new DiscrepancyDecisions(
                cluster.kafka, cluster.serdes, "", (kind, at) -> false, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        assertThat(decisions.find(discrepancy.getDiscrepancyId(), Progress.SILENT))
                .hasValueSatisfying(found -> assertThat(found.namedSubject()).contains("ada"));
        assertThat(decisions.find("UNKNOWN_ORDER/" + PI, Progress.SILENT)).isEmpty();
    }

    @Test
    void an_unknown_payment_has_no_state() {
        assertThat(new PaymentQuery(cluster.kafka, cluster.serdes).show(PI, 3).known())
                .isFalse();
    }

    @Test
    void of_a_subject_all_that_holds_now_and_nothing_of_others() {
        var query = new EntitlementQuery(cluster.kafka, cluster.serdes);
        write(event("ada", "premium", null, 1, EntitlementStatus.ACTIVE));
        write(event("ada", "premium", null, 2, EntitlementStatus.ENDED));
        write(event("ada", "promotion", "campaign/7", 1, EntitlementStatus.ACTIVE));
        write(event(neighbourOf("ada"), "premium", null, 9, EntitlementStatus.ACTIVE));
        write(event("ad", "premium", null, 9, EntitlementStatus.ACTIVE));
        var access = query.find("ada", 2);

        assertThat(access.current())
                .extracting(EntitlementEvent::getEntitlement, EntitlementEvent::getRevision)
                .containsExactly(tuple("premium", 2L), tuple("promotion", 1L));
        assertThat(access.history())
                .extracting(EntitlementEvent::getEntitlement, EntitlementEvent::getRevision)
                .containsExactly(tuple("promotion", 1L), tuple("premium", 2L));
    }

    @Test
    void an_entitlement_deleted_from_the_state_is_not_shown() {
        var query = new EntitlementQuery(cluster.kafka, cluster.serdes);
        write(event("ada", "premium", null, 1, EntitlementStatus.ENDED));
        cluster.write(new ProducerRecord<>(
                cluster.topic(TopicCatalogue.ENTITLEMENT_STATE), partitionOf("ada"), bytes("ada/premium"), null));

        assertThat(query.find("ada", 2).current()).isEmpty();
        assertThat(query.find("nobody", 2).history()).isEmpty();
    }

    @Test
    void a_subject_s_newest_notifications_are_found_and_none_of_others() {
        cluster.write(List.of(
                notification("ada", 1),
                notification("ada", 2),
                notification(neighbourOf("ada"), 3),
                notification("ada", 4)));

        assertThat(new NotificationQuery(cluster.kafka, cluster.serdes).find("ada", 2))
                .extracting(NotificationCommand::getNotificationId)
                .containsExactly("receipt/stripe/main/pi_4", "receipt/stripe/main/pi_2");
        assertThat(new NotificationQuery(cluster.kafka, cluster.serdes).find("nobody", 2))
                .isEmpty();
    }

    private ProducerRecord<byte[], byte[]> notification(String subject, int number) {
        var notification = NotificationCommand.newBuilder()
                .setNotificationId("receipt/stripe/main/pi_" + number)
                .setKind(NotificationKind.RECEIPT)
                .setSubject(subject)
                .setEntitlement("premium")
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setAt(Instant.EPOCH)
                .build();
        return cluster.avro(TopicCatalogue.NOTIFICATIONS, null, subject, NotificationCommand.class, notification);
    }

    private ProducerRecord<byte[], byte[]> state(String key, PaymentStatus status) {
        return state(key, status, Map.of());
    }

    private ProducerRecord<byte[], byte[]> state(String key, PaymentStatus status, Map<String, String> references) {
        var state = PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(status)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(references)
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
        return cluster.avro(TopicCatalogue.PAYMENTS, null, key, PaymentState.class, state);
    }

    private ProducerRecord<byte[], byte[]> outcome(long offset, OutcomeKind kind) {
        var source = new Position(cluster.topic(TopicCatalogue.RAW), 0, offset);
        var placed = cluster.outcome(source, PI, "stripe/main/evt_" + offset, kind);
        return new ProducerRecord<>(placed.topic(), placed.key(), placed.value());
    }

    private static EntitlementEvent event(
            String subject, String entitlement, String scope, long revision, EntitlementStatus status) {
        return EntitlementEvent.newBuilder()
                .setEventId(String.join("/", subject, entitlement, "" + scope, Long.toString(revision)))
                .setType(EntitlementEventType.GRANTED)
                .setSubject(subject)
                .setEntitlement(entitlement)
                .setScope(scope)
                .setRevision(revision)
                .setStatus(status)
                .setReason(AccessReason.PAID)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("1")
                .setDecidedAt(Instant.EPOCH)
                .build();
    }

    /** As the projector does: the state lies in the partition of the subject, under a longer key. */
    private void write(EntitlementEvent event) {
        var subject = event.getSubject();
        var key = EntitlementKey.of(event).toString();
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

    /** Another subject whose id begins like the keys of this one, in the same partition. */
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
