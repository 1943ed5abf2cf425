package ipn.operations.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.RecordPosition;
import ipn.decision.ApprovalPolicy;
import ipn.operations.TestCluster;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.operations.explain.evidence.Question;
import ipn.operations.query.DiscrepancyQuery;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations from the records of a real broker. Their wording is tested elsewhere. */
class ExplainIT {
    private static final String ADA = "ada";
    private static final String IN = "stripe/main/in_1";
    private static final String PI = "stripe/main/pi_1";
    private static final Instant FIRST = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-05T10:00:00Z");

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
    void a_paying_payment_is_found_whichever_side_has_the_link() {
        applied(state(PI, PaymentStatus.COMPLETED, "stripe/main/evt_1", Map.of(), new Link(LinkKind.PAYS, IN)), FIRST);
        var paid = applied(state(IN, PaymentStatus.UNKNOWN, "stripe/main/evt_2", Map.of("subject", ADA)), FIRST);
        write(event(IN, "stripe/main/evt_2", paid, FIRST));

        var explanation = now();
        assertThat(payment(explanation, IN).paidBy()).containsExactly(PI);
        assertThat(payment(explanation, PI).pays()).containsExactly(IN);
        assertThat(explanation.missing()).isEmpty();
        assertThat(payment(explanation, PI).steps().get(0).raw())
                .hasValueSatisfying(raw -> assertThat(raw.verifiedBy()).isEqualTo("hmac k1"));
    }

    /** The payer comes first in its partition, and the invoice is known by its reference only. */
    @Test
    void a_payment_for_an_invoice_that_is_found_late_is_found_too() {
        var invoice = "stripe/main/in_" + samePartitionAs(PI);
        applied(
                state(PI, PaymentStatus.COMPLETED, "stripe/main/evt_1", Map.of(), new Link(LinkKind.PAYS, invoice)),
                FIRST);
        applied(state(invoice, PaymentStatus.UNKNOWN, "stripe/main/evt_2", Map.of("subject", ADA)), FIRST);

        assertThat(now().payments()).extracting(PaymentHistory::paymentKey).containsExactlyInAnyOrder(invoice, PI);
    }

    @Test
    void nothing_of_other_subjects_is_shown() {
        applied(
                state("stripe/main/pi_2", PaymentStatus.COMPLETED, "stripe/main/evt_1", Map.of("subject", "adam")),
                FIRST);
        assertThat(now().payments()).isEmpty();
        assertThat(now().answer().get(0)).isEqualTo("ada does not have any entitlement.");
    }

    @Test
    void a_past_payment_is_shown_as_it_was() {
        var paid = applied(state(PI, PaymentStatus.COMPLETED, "stripe/main/evt_1", Map.of("subject", ADA)), FIRST);
        write(event(PI, "stripe/main/evt_1", paid, FIRST));
        applied(state(PI, PaymentStatus.REFUNDED, "stripe/main/evt_2", Map.of("subject", ADA)), LATER);

        var then = at(FIRST.plusSeconds(60));
        assertThat(payment(then, PI).state())
                .get()
                .extracting(PaymentState::getStatus)
                .isEqualTo(PaymentStatus.COMPLETED);
        assertThat(payment(then, PI).steps()).hasSize(1);
        assertThat(then.notes()).contains("past claims are not stored: only what entitlement events contain is shown");
        assertThat(payment(now(), PI).state())
                .get()
                .extracting(PaymentState::getStatus)
                .isEqualTo(PaymentStatus.REFUNDED);
        assertThat(at(FIRST.minusSeconds(60)).payments()).isEmpty();
    }

    @Test
    void a_transfer_to_the_subject_and_its_undo_are_about_another_subject_and_are_read_all_the_same() {
        var paid = applied(state(PI, PaymentStatus.COMPLETED, "stripe/main/evt_1", Map.of("subject", "bob")), FIRST);
        write(event(PI, "stripe/main/evt_1", paid, FIRST));
        write(transfer("d-1").build());
        write(transfer("d-2").setToSubject("eve").build());

        assertThat(now().entitlements().get(0).decision())
                .hasValueSatisfying(
                        view -> assertThat(view.decision().getDecisionId()).isEqualTo("d-1"));
        assertThat(now().decisions()).hasSize(1);

        write(transfer("d-3")
                .setKind(DecisionKind.UNDO)
                .setOf("d-1")
                .setToSubject(null)
                .setEntitlement(null)
                .setPurchases(List.of())
                .build());
        assertThat(now().entitlements().get(0).decision()).isEmpty();
        assertThat(now().decisions()).hasSize(2);
    }

    private static Decision.Builder transfer(String id) {
        return Decision.newBuilder()
                .setDecisionId(id)
                .setKind(DecisionKind.TRANSFER)
                .setTarget(DecisionTarget.SUBJECT)
                .setAbout("bob")
                .setBy("mara")
                .setAt(FIRST)
                .setWhy("asked")
                .setEntitlement("premium")
                .setToSubject(ADA)
                .setPurchases(List.of(PI));
    }

    private void write(Decision decision) {
        cluster.write(cluster.avro(TopicCatalogue.DECISIONS, null, decision.getAbout(), Decision.class, decision));
    }

    @Test
    void without_the_changelog_of_claims_the_events_still_tell() {
        var paid = applied(state(PI, PaymentStatus.COMPLETED, "stripe/main/evt_1", Map.of("subject", ADA)), FIRST);
        write(event(PI, "stripe/main/evt_1", paid, FIRST));
        assertThat(now().notes())
                .singleElement()
                .asString()
                .startsWith("claims are not shown: topic nowhere-entitlement");
        assertThat(now().complete()).isTrue();
    }

    private List<Discrepancy> byPayment(DiscrepancyQuery query, List<String> orders) {
        try (var reader = TopicReader.open(cluster.kafka)) {
            return query.findByPayment(reader, PI, orders);
        }
    }

    @Test
    void a_discrepancy_is_open_until_its_newest_word_closes_it() {
        var query = new DiscrepancyQuery(cluster.kafka, cluster.serdes);
        write(PI, discrepancy(DiscrepancyKind.UNDERPAID, DiscrepancyState.OPEN, null, FIRST));
        write(PI, discrepancy(DiscrepancyKind.NO_ORDER, DiscrepancyState.OPEN, null, FIRST));
        assertThat(byPayment(query, List.of())).hasSize(2);
        write(PI, discrepancy(DiscrepancyKind.NO_ORDER, DiscrepancyState.CLOSED, null, LATER));
        // its order became known: it goes on under the order's key, at the moment it closes under its own
        write(PI, discrepancy(DiscrepancyKind.UNDERPAID, DiscrepancyState.CLOSED, null, LATER));
        write("o_1", discrepancy(DiscrepancyKind.UNDERPAID, DiscrepancyState.OPEN, "o_1", LATER));

        assertThat(byPayment(query, List.of("o_1")))
                .extracting(Discrepancy::getKind)
                .containsExactly(DiscrepancyKind.UNDERPAID);
        assertThat(query.findBySubject(ADA, Progress.SILENT))
                .extracting(Discrepancy::getOrder)
                .containsExactly("o_1");
        assertThat(query.findBySubject("adam", Progress.SILENT)).isEmpty();
        assertThat(at(FIRST).discrepancies()).hasSize(2);
    }

    @Test
    void a_dead_letter_that_names_the_subject_or_its_order_is_found() {
        write(order("o_17"));
        var letters = List.of(
                letter("d-subject", "pi_5", "{\"metadata\": {\"user_id\": \"ada\"}"),
                letter("d-order", "pi_6", "custom=order_id%3Do_17&x="),
                letter("d-other", "pi_7", "{\"metadata\": {\"user_id\": \"ada_2\", \"order_id\": \"o_171\"}"));
        cluster.write(letters);

        var explanation = now();
        assertThat(explanation.deadLetters()).extracting(DeadLetter::id).containsExactly("d-order", "d-subject");
        assertThat(explanation.answer().get(0))
                .startsWith(
                        "ada does not have any entitlement. An event of stripe/main/pi_6, whose body names the user or an"
                                + " order, could not be processed (MALFORMED)");
    }

    @Test
    void every_event_is_explained_and_an_unexplained_one_is_named() {
        var paid = applied(state(PI, PaymentStatus.COMPLETED, "stripe/main/evt_1", Map.of("subject", ADA)), FIRST);
        write(event(PI, "stripe/main/evt_1", paid, FIRST));
        var explain = new Explain(cluster.kafka, cluster.serdes, "nowhere", ApprovalPolicy.NONE);
        assertThat(explain.checkAll(10, Progress.SILENT).complete()).isTrue();

        write(event(PI, "stripe/main/evt_other", paid, FIRST));
        var report = explain.checkAll(10, Progress.SILENT);
        assertThat(report.events()).isEqualTo(2);
        assertThat(report.explained()).isEqualTo(1);
        assertThat(report.percent()).isEqualTo(50);
        assertThat(report.unexplained().get(0).missing())
                .containsExactly("the raw record at %s is of another event than its cause stripe/main/evt_other"
                        .formatted(paid));
    }

    private Explanation now() {
        return explain(LATER.plusSeconds(60), false);
    }

    private Explanation at(Instant time) {
        return explain(time, true);
    }

    private Explanation explain(Instant time, boolean past) {
        return new Explain(cluster.kafka, cluster.serdes, "nowhere", ApprovalPolicy.NONE)
                .explain(new Question(ADA, Optional.empty(), time, past), Progress.SILENT);
    }

    private static PaymentHistory payment(Explanation explanation, String key) {
        return explanation.payments().stream()
                .filter(each -> each.paymentKey().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** The raw record, its outcome and the state after it; where the raw record stands. */
    private Position applied(PaymentState state, Instant at) {
        var event = state.getFacts().get(0).getEventKey();
        var raw = cluster.raw(partition(state.getPaymentKey()), state.getPaymentKey(), event);
        raw.headers().add(Headers.VERIFIED_BY, "hmac k1".getBytes(UTF_8));
        var source = cluster.write(raw);
        var outcome = Outcome.newBuilder()
                .setKind(OutcomeKind.APPLIED)
                .setPaymentKey(state.getPaymentKey())
                .setEventKey(event)
                .setGateway("stripe")
                .setAccount("main")
                .setEventType("reported")
                .setReceivedAt(at)
                .setSource(new RecordPosition(source.topic(), source.partition(), source.offset()))
                .setPayment(state)
                .build();
        cluster.write(List.of(
                cluster.avro(TopicCatalogue.OUTCOMES, null, state.getPaymentKey(), Outcome.class, outcome),
                cluster.avro(TopicCatalogue.PAYMENTS, null, state.getPaymentKey(), PaymentState.class, state)));
        return source;
    }

    private void write(EntitlementEvent event) {
        cluster.write(cluster.avro(TopicCatalogue.ENTITLEMENTS, null, ADA, EntitlementEvent.class, event));
    }

    private ProducerRecord<byte[], byte[]> letter(String id, String payment, String body) {
        var key = "stripe/main/" + payment;
        var letter = new ProducerRecord<>(
                cluster.kafka.topics().name(TopicCatalogue.DLQ), 0, key.getBytes(UTF_8), body.getBytes(UTF_8));
        Map.of(
                        Headers.DLQ_ID,
                        id,
                        Headers.DLQ_REASON,
                        "MALFORMED",
                        Headers.CE_ID,
                        "stripe/main/evt_" + id,
                        Headers.ERROR_TOPIC,
                        cluster.kafka.topics().name(TopicCatalogue.RAW))
                .forEach((name, value) -> letter.headers().add(name, value.getBytes(UTF_8)));
        return letter;
    }

    private void write(Order order) {
        cluster.write(cluster.avro(TopicCatalogue.ORDERS, null, order.getOrderId(), Order.class, order));
    }

    private static Order order(String id) {
        return Order.newBuilder()
                .setOrderId(id)
                .setSubject(ADA)
                .setProduct("premium")
                .setAmount(800)
                .setCurrency("USD")
                .setCreatedAt(FIRST)
                .setLive(true)
                .build();
    }

    private void write(String key, Discrepancy discrepancy) {
        cluster.write(cluster.avro(TopicCatalogue.DISCREPANCIES, null, key, Discrepancy.class, discrepancy));
    }

    private static PaymentState state(
            String key, PaymentStatus status, String event, Map<String, String> references, Link... links) {
        var fact = FactRow.newBuilder()
                .setKind(FactKind.CAPTURED)
                .setId("ch_1")
                .setOccurredAt(FIRST)
                .setFirstAt(FIRST)
                .setSequence(0)
                .setEventKey(event)
                .build();
        return PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(status)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(references)
                .setLinks(List.of(links))
                .setFacts(List.of(fact))
                .setEvents(List.of())
                .build();
    }

    private static EntitlementEvent event(String paymentKey, String cause, Position source, Instant at) {
        return EntitlementEvent.newBuilder()
                .setEventId("ada/premium//1")
                .setType(EntitlementEventType.GRANTED)
                .setSubject(ADA)
                .setEntitlement("premium")
                .setRevision(1)
                .setStatus(EntitlementStatus.ACTIVE)
                .setReason(AccessReason.PAID)
                .setPaymentKey(paymentKey)
                .setTest(false)
                .setCause(new Cause(cause, source.topic(), source.partition(), source.offset(), false))
                .setPolicyVersion("1")
                .setDecidedAt(at)
                .build();
    }

    private static Discrepancy discrepancy(DiscrepancyKind kind, DiscrepancyState state, String order, Instant at) {
        return Discrepancy.newBuilder()
                .setDiscrepancyId(kind + "/" + PI)
                .setState(state)
                .setKind(kind)
                .setPaymentKey(PI)
                .setOrder(order)
                .setSubject(ADA)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("1")
                .setAt(at)
                .build();
    }

    private static int partition(String key) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), 5);
    }

    private static int samePartitionAs(String key) {
        return IntStream.range(0, 1_000)
                .filter(number -> partition("stripe/main/in_" + number) == partition(key))
                .findFirst()
                .orElseThrow();
    }
}
