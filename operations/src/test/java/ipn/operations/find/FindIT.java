package ipn.operations.find;

import static ipn.operations.find.TestPayments.fact;
import static ipn.operations.find.TestPayments.payment;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.FactKind;
import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.operations.TestCluster;
import ipn.operations.deadletter.TestDeadLetters;
import ipn.operations.deadletter.TestDeadLetters.Failure;
import ipn.operations.decision.Money;
import ipn.operations.find.Hit.Kind;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small shop in which each thing is found by each of its ids. */
class FindIT {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final String PI = "stripe/main/pi_Abc";
    private static final String IN = "stripe/main/in_Abc";
    private static final String BY_ORDER = "paypal/main/CAP7";
    private static TestCluster cluster;

    @BeforeAll
    static void write() {
        cluster = TestCluster.create(FindIT.class, 3);
        write(TopicCatalogue.ORDERS, "ord_1", Order.class, order("ord_1", "u_42", 2_500));
        write(TopicCatalogue.ORDERS, "ord_2", Order.class, order("ord_2", "u_7", 900));
        cluster.write(new ProducerRecord<>(cluster.topic(TopicCatalogue.ORDERS), bytes("ord_2"), null));
        write(
                TopicCatalogue.PAYMENTS,
                PI,
                PaymentState.class,
                payment(
                                PI,
                                Map.of(),
                                fact(FactKind.CAPTURED, "pi_Abc", 800, AT),
                                fact(FactKind.REFUND, "re_9", 300, AT))
                        .setLinks(List.of(new Link(LinkKind.PAYS, IN)))
                        .build());
        write(
                TopicCatalogue.PAYMENTS,
                IN,
                PaymentState.class,
                payment(IN, Map.of("subject", "u_7")).build());
        write(
                TopicCatalogue.PAYMENTS,
                BY_ORDER,
                PaymentState.class,
                payment(BY_ORDER, Map.of("order", "ord_1"), fact(FactKind.CAPTURED, "CAP7", 2_500, AT.plusSeconds(9)))
                        .build());
        write(TopicCatalogue.DISCREPANCIES, "ord_1", Discrepancy.class, discrepancy());
        write(TopicCatalogue.DECISIONS, "u_42", Decision.class, decision());
        var raw = cluster.raw(0, PI, "stripe/main/evt_1 \"latest_charge\":\"ch_Abc\"");
        cluster.write(raw);
        var broken = cluster.raw(1, "stripe/main/unidentified:1", "stripe/main/evt_2 \"user\":\"u_42\"");
        cluster.write(broken);
        cluster.records(TopicCatalogue.RAW).stream()
                .filter(record -> record.partition() == 1)
                .forEach(record -> cluster.write(
                        TestDeadLetters.deadLetter(cluster.topic(TopicCatalogue.DLQ), record, Failure.of("d-1"))));
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void a_bare_id_of_the_gateway_finds_its_payment_and_the_user_of_the_invoice_that_it_pays() {
        assertThat(find("pi_abc").hits()).singleElement().satisfies(hit -> {
            assertThat(hit.id()).isEqualTo(PI);
            assertThat(hit.user()).contains("u_7");
            assertThat(hit.money()).containsExactly(new Money(800, "USD"));
            assertThat(hit.at()).isEqualTo(AT);
        });
        assertThat(find("re_9").hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.matched()).isEqualTo("refund re_9"));
    }

    @Test
    void an_id_of_an_invoice_finds_the_invoice_and_what_pays_it() {
        assertThat(find("in_Abc").hits()).extracting(Hit::id).containsExactlyInAnyOrder(PI, IN);
    }

    @Test
    void a_user_has_orders_the_payments_of_these_dead_letters_and_decisions() {
        var hits = find("u_42").hits();
        assertThat(hits)
                .extracting(Hit::kind)
                .containsExactly(Kind.PAYMENT, Kind.ORDER, Kind.DEAD_LETTER, Kind.DECISION);
        assertThat(hits).extracting(Hit::id).containsExactly(BY_ORDER, "ord_1", "d-1", "dec-1");
        assertThat(hits.get(0).user()).contains("u_42");
        assertThat(hits.get(0).discrepancies()).containsExactly("DUPLICATE_PAYMENT/paypal/main/CAP7,order=ord_1");
        assertThat(hits.get(2).about()).isEqualTo("stripe/main/unidentified:1");
        assertThat(hits.get(3).status()).isEqualTo("GRANT by mara, counts");
    }

    @Test
    void an_id_that_is_no_fact_is_found_in_the_body_of_a_notification_only_on_request() {
        assertThat(find("ch_Abc").hits()).isEmpty();
        var found = run(
                new Criteria(
                        Optional.of(SearchText.of("ch_Abc")), Optional.empty(), Optional.empty(), Optional.empty()),
                true,
                50);
        assertThat(found.hits()).singleElement().satisfies(hit -> {
            assertThat(hit.id()).isEqualTo(PI);
            assertThat(hit.kind()).isEqualTo(Kind.PAYMENT);
            assertThat(hit.matched()).startsWith("body of event stripe/main/evt_1");
        });
    }

    @Test
    void an_amount_finds_payments_and_orders_since_a_time() {
        var sum = Optional.of(new Money(2_500, "USD"));
        var all = run(new Criteria(Optional.empty(), sum, Optional.empty(), Optional.empty()), false, 50);
        assertThat(all.hits()).extracting(Hit::id).containsExactly(BY_ORDER, "ord_1");
        var late =
                run(new Criteria(Optional.empty(), sum, Optional.of(AT.plusSeconds(5)), Optional.empty()), false, 50);
        assertThat(late.hits()).extracting(Hit::id).containsExactly(BY_ORDER);
        var other = run(new Criteria(Optional.empty(), sum, Optional.empty(), Optional.of("stripe")), false, 50);
        assertThat(other.hits()).isEmpty();
    }

    @Test
    void a_deleted_order_is_not_found_and_a_limit_is_reported() {
        assertThat(find("ord_2").hits()).isEmpty();
        var one = run(
                new Criteria(Optional.of(SearchText.of("*abc")), Optional.empty(), Optional.empty(), Optional.empty()),
                false,
                1);
        assertThat(one.hits()).hasSize(1);
        assertThat(one.more()).isTrue();
        assertThat(find("*abc").more()).isFalse();
    }

    private static Found find(String text) {
        return run(
                new Criteria(Optional.of(SearchText.of(text)), Optional.empty(), Optional.empty(), Optional.empty()),
                false,
                50);
    }

    private static Found run(Criteria criteria, boolean bodies, int limit) {
        var find = new Find(
                RecordSource.topics(cluster.kafka, cluster.serdes),
                (kind, at) -> false,
                Clock.fixed(AT.plusSeconds(60), ZoneOffset.UTC));
        return find.find(criteria, bodies, limit, Progress.SILENT);
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> void write(
            String topic, String key, Class<T> type, T value) {
        cluster.write(cluster.avro(topic, null, key, type, value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Order order(String id, String subject, long amount) {
        return Order.newBuilder()
                .setOrderId(id)
                .setSubject(subject)
                .setProduct("promoted-post")
                .setAmount(amount)
                .setCurrency("USD")
                .setCreatedAt(AT)
                .setLive(true)
                .build();
    }

    private static Discrepancy discrepancy() {
        return Discrepancy.newBuilder()
                .setDiscrepancyId("DUPLICATE_PAYMENT/" + BY_ORDER + ",order=ord_1")
                .setState(DiscrepancyState.OPEN)
                .setKind(DiscrepancyKind.DUPLICATE_PAYMENT)
                .setPaymentKey(BY_ORDER)
                .setOrder("ord_1")
                .setCause(new Cause("paypal/main/e", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("v")
                .setAt(AT)
                .build();
    }

    private static Decision decision() {
        return Decision.newBuilder()
                .setDecisionId("dec-1")
                .setKind(DecisionKind.GRANT)
                .setTarget(DecisionTarget.SUBJECT)
                .setAbout("u_42")
                .setBy("mara")
                .setAt(AT)
                .setWhy("outage")
                .setEntitlement("premium")
                .setProduct("premium")
                .setFrom(AT)
                .setUntil(AT.plusSeconds(3_600))
                .build();
    }
}
