package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.paying;
import static ipn.projector.Payments.payment;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.InvoiceStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import ipn.avro.Totals;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.KeepsAbove;
import ipn.projector.catalogue.Offers;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.Prices;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.catalogue.Tolerance;
import ipn.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest extends WithProjection {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void a_payment_of_what_an_order_expects_grants_it_to_the_subject_of_the_order() {
        projection.ordered(order()).applied(paid("pi_1", 2500));
        assertGranted();
        assertThat(projection.discrepancies()).isEmpty();
    }

    @Test
    void a_dollar_does_not_pay_an_order_of_two_thousand() {
        projection.ordered(order().setAmount(200_000)).applied(paid("pi_1", 100));
        assertThat(projection.events()).isEmpty();
        assertThat(projection.discrepancies())
                .extracting(Discrepancy::getKind, Discrepancy::getExpected, Discrepancy::getActual)
                .containsExactly(tuple(DiscrepancyKind.UNDERPAID, "2000.00 USD", "1.00 USD"));
    }

    @Test
    void an_order_that_arrives_after_its_payment_closes_the_discrepancy() {
        projection.applied(paid("pi_1", 2500));
        assertThat(projection.events()).isEmpty();
        assertKinds(tuple(DiscrepancyKind.UNKNOWN_ORDER, DiscrepancyState.OPEN));
        projection.ordered(order());
        assertGranted();
        assertKinds(tuple(DiscrepancyKind.UNKNOWN_ORDER, DiscrepancyState.CLOSED));
    }

    @Test
    void too_much_grants_and_is_a_discrepancy() {
        projection.ordered(order()).applied(paid("pi_1", 2600));
        assertGranted();
        assertKinds(tuple(DiscrepancyKind.OVERPAID, DiscrepancyState.OPEN));
    }

    @Test
    void parts_add_up() {
        projection.ordered(order()).applied(paid("pi_1", 1000));
        assertKinds(tuple(DiscrepancyKind.UNDERPAID, DiscrepancyState.OPEN));
        projection.applied(paid("pi_2", 1500));
        assertGranted();
        assertKinds(tuple(DiscrepancyKind.UNDERPAID, DiscrepancyState.CLOSED));
    }

    @Test
    void another_currency_does_not_count() {
        projection.ordered(order()).applied(paid("pi_1", 2500).setTotals(List.of(totals("EUR", 2500))));
        assertThat(projection.events()).isEmpty();
        assertKinds(tuple(DiscrepancyKind.CURRENCY_MISMATCH, DiscrepancyState.OPEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"paypal/main", "stripe/other"})
    void money_at_another_account_does_not_count(String expected) {
        projection.ordered(order().setGatewayAccount(expected)).applied(paid("pi_1", 2500));
        assertThat(projection.events()).isEmpty();
        assertKinds(tuple(DiscrepancyKind.WRONG_ACCOUNT, DiscrepancyState.OPEN));
    }

    @Test
    void test_money_does_not_pay_a_live_order_and_live_money_no_test_order() {
        projection.ordered(order()).applied(paid("pi_1", 2500).setLive(false));
        projection.ordered(order().setOrderId("o_2").setLive(false)).applied(names(paid("pi_2", 2500), "o_2"));
        assertThat(projection.events()).isEmpty();
        assertKinds(
                tuple(DiscrepancyKind.WRONG_MODE, DiscrepancyState.OPEN),
                tuple(DiscrepancyKind.WRONG_MODE, DiscrepancyState.OPEN));
    }

    @Nested
    class An_order_paid_twice {
        @Test
        void is_granted_once_and_a_discrepancy_until_one_payment_is_refunded() {
            projection.ordered(order()).applied(paid("pi_1", 2500)).applied(paid("pi_2", 2500));
            assertGranted();
            assertKinds(tuple(DiscrepancyKind.DUPLICATE_PAYMENT, DiscrepancyState.OPEN));
            projection.applied(refunded("pi_2"));
            assertKinds(tuple(DiscrepancyKind.DUPLICATE_PAYMENT, DiscrepancyState.CLOSED));
            assertThat(projection.events()).isEmpty();
        }

        @Test
        void stays_granted_when_the_first_payment_is_refunded() {
            projection.ordered(order()).applied(paid("pi_1", 2500)).applied(paid("pi_2", 2500));
            projection.applied(refunded("pi_1"));
            assertThat(projection.states().values())
                    .extracting(state -> state.getLast().getStatus())
                    .containsExactly(EntitlementStatus.ACTIVE);
            assertKinds(
                    tuple(DiscrepancyKind.DUPLICATE_PAYMENT, DiscrepancyState.OPEN),
                    tuple(DiscrepancyKind.DUPLICATE_PAYMENT, DiscrepancyState.CLOSED));
        }

        @Test
        void prefers_the_payment_that_matches() {
            projection.ordered(order()).applied(paid("pi_1", 9900)).applied(paid("pi_2", 2500));
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getKind, Discrepancy::getPaymentKey, Discrepancy::getState)
                    .containsExactly(
                            tuple(DiscrepancyKind.OVERPAID, key("pi_1"), DiscrepancyState.OPEN),
                            tuple(DiscrepancyKind.OVERPAID, key("pi_1"), DiscrepancyState.CLOSED),
                            tuple(DiscrepancyKind.DUPLICATE_PAYMENT, key("pi_1"), DiscrepancyState.OPEN));
        }
    }

    @Nested
    class A_payment_that_does_not_arrive {
        private final Order.Builder soon = order().setPayBy(NOON.plus(Duration.ofMinutes(30)));

        @Test
        void is_missing_once_its_time_has_passed() {
            projection.ordered(soon).pass(Duration.ofMinutes(29));
            assertThat(projection.discrepancies()).isEmpty();
            projection.pass(Duration.ofMinutes(2));
            assertThat(projection.discrepancies())
                    .extracting(Discrepancy::getKind, Discrepancy::getOrder, Discrepancy::getSubject)
                    .containsExactly(tuple(DiscrepancyKind.MISSING, "o_1", "u_42"));
        }

        @Test
        void is_no_longer_missing_when_it_arrives() {
            projection.ordered(soon).pass(Duration.ofHours(1)).applied(paid("pi_1", 2500));
            assertGranted();
            assertKinds(
                    tuple(DiscrepancyKind.MISSING, DiscrepancyState.OPEN),
                    tuple(DiscrepancyKind.MISSING, DiscrepancyState.CLOSED));
        }

        @Test
        void is_not_missing_where_it_arrived_in_time_or_the_order_was_withdrawn() {
            projection.ordered(soon).applied(paid("pi_1", 2500));
            projection
                    .ordered(order().setOrderId("o_2").setPayBy(NOON.plusSeconds(60)))
                    .wrote("o_2", null);
            projection.pass(Duration.ofHours(1));
            assertThat(projection.discrepancies()).isEmpty();
        }
    }

    @Nested
    class A_subscription {
        private final Order.Builder premium = order().setProduct("premium").setAmount(500);

        @Test
        void starts_at_the_price_of_its_order_and_renews_at_that_of_the_catalogue() {
            projection
                    .ordered(premium)
                    .applied(names(invoice("in_1", InvoiceStatus.PAID, 500, NOON, OCTOBER), "o_1"))
                    .applied(names(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, NOVEMBER), "o_1"));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getUntil)
                    .containsExactly(
                            tuple(EntitlementEventType.GRANTED, OCTOBER),
                            tuple(EntitlementEventType.EXTENDED, NOVEMBER));
            assertThat(projection.discrepancies()).isEmpty();
        }

        @Test
        void does_not_renew_at_the_price_it_started_with() {
            projection
                    .ordered(premium)
                    .applied(names(invoice("in_1", InvoiceStatus.PAID, 500, NOON, OCTOBER), "o_1"))
                    .applied(names(invoice("in_2", InvoiceStatus.PAID, 500, OCTOBER, NOVEMBER), "o_1"));
            assertThat(projection.events()).hasSize(1);
            assertKinds(tuple(DiscrepancyKind.UNDERPAID, DiscrepancyState.OPEN));
        }

        @Test
        void is_paid_through_an_invoice_that_another_payment_pays() {
            projection
                    .ordered(premium.setAmount(800))
                    .applied(names(paying(captured("pi_1", NOON, 800, 0), "in_1"), "o_1"))
                    .applied(names(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER), "o_1"));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED);
            assertThat(projection.discrepancies()).isEmpty();
        }

        @Test
        void that_begins_with_a_trial_is_not_missing() {
            var trial = names(
                    payment("sub_1")
                            .setSubscription(Subscription.newBuilder()
                                    .setStatus(SubscriptionStatus.TRIALING)
                                    .setAt(NOON)
                                    .setTrialEnd(OCTOBER)
                                    .build()),
                    "o_1");
            projection
                    .ordered(premium.setAmount(0).setPayBy(NOON.plusSeconds(60)))
                    .applied(trial)
                    .pass(Duration.ofHours(1));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getReason)
                    .containsExactly(tuple(EntitlementEventType.GRANTED, AccessReason.TRIAL));
            assertThat(projection.discrepancies()).isEmpty();
        }
    }

    @Test
    void a_payment_that_turns_out_to_pay_an_invoice_pays_no_order_itself() {
        projection.ordered(order()).applied(paid("pi_1", 2500));
        projection.applied(paying(paid("pi_1", 2500), "in_9"));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getReason)
                .containsExactly(
                        tuple(EntitlementEventType.GRANTED, AccessReason.PAID),
                        tuple(EntitlementEventType.REVOKED, AccessReason.WITHDRAWN));
    }

    @Nested
    class By_policy {
        @Test
        void a_payment_without_an_order_may_have_to_name_one() {
            restart(new Policy(Set.of(DiscrepancyKind.OVERPAID), Set.of("stripe")), Products.PROMOTED);
            projection.applied(captured("pi_1", NOON, 2500, 0)
                    .setReferences(Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_7")));
            assertThat(projection.events()).isEmpty();
            assertKinds(tuple(DiscrepancyKind.NO_ORDER, DiscrepancyState.OPEN));
        }

        @Test
        void money_for_an_unknown_order_may_grant_at_the_catalogues_price() {
            restart(new Policy(Set.of(DiscrepancyKind.UNKNOWN_ORDER), Set.of()), Products.PROMOTED);
            projection.applied(names(paid("pi_1", 2500), "o_1", "promoted-post"));
            assertGranted();
            assertKinds(tuple(DiscrepancyKind.UNKNOWN_ORDER, DiscrepancyState.OPEN));
        }

        @ParameterizedTest
        @ValueSource(longs = {2500, 2975, 3000})
        void tax_may_come_on_top(long paid) {
            restart(Policy.DEFAULT, taxed());
            projection.ordered(order()).applied(paid("pi_1", paid));
            assertGranted();
            assertThat(projection.discrepancies()).isEmpty();
        }

        @Test
        void but_no_more_than_that() {
            restart(Policy.DEFAULT, taxed());
            projection.ordered(order()).applied(paid("pi_1", 3001));
            assertKinds(tuple(DiscrepancyKind.OVERPAID, DiscrepancyState.OPEN));
        }

        private Product taxed() {
            return new Product(
                    "promoted-post",
                    "promotion",
                    Product.Kind.ONCE,
                    Period.ofMonths(1),
                    Duration.ZERO,
                    Cancellation.AT_PERIOD_END,
                    true,
                    Prices.always(Map.of("USD", 2500L)),
                    new Tolerance(0, 20),
                    Offers.USUAL,
                    KeepsAbove.DEFAULT);
        }

        private void restart(Policy policy, Product product) {
            projection.close();
            projection =
                    new Projection(folder, new ProductCatalogue(Map.of(product.name(), product), true, policy, "v1"));
        }
    }

    @Nested
    class After_its_pay_by_time {
        private final Order.Builder closing = order().setPayBy(NOON.plusSeconds(600));

        @Test
        void a_closed_order_grants_nothing_at_the_old_price_and_the_money_is_late() {
            projection.ordered(closing).pass(Duration.ofDays(30));
            assertKinds(tuple(DiscrepancyKind.MISSING, DiscrepancyState.OPEN));
            projection.applied(paidAt("pi_1", NOON.plus(Duration.ofDays(30))));
            assertThat(projection.events()).isEmpty();
            assertThat(projection.discrepancies())
                    .extracting(
                            Discrepancy::getKind,
                            Discrepancy::getState,
                            Discrepancy::getExpected,
                            Discrepancy::getActual)
                    .containsExactlyInAnyOrder(
                            tuple(
                                    DiscrepancyKind.LATE,
                                    DiscrepancyState.OPEN,
                                    "by 2026-09-01T12:10:00Z",
                                    "2026-10-01T12:00:00Z"),
                            tuple(
                                    DiscrepancyKind.MISSING,
                                    DiscrepancyState.CLOSED,
                                    "25.00 USD by 2026-09-01T12:10:00Z",
                                    "nothing"));
        }

        @Test
        void money_that_was_taken_in_time_grants_however_late_it_is_reported() {
            projection.ordered(closing).pass(Duration.ofDays(30));
            projection.applied(paidAt("pi_1", NOON.plusSeconds(600 + 300)));
            assertGranted();
            assertKinds(
                    tuple(DiscrepancyKind.MISSING, DiscrepancyState.OPEN),
                    tuple(DiscrepancyKind.MISSING, DiscrepancyState.CLOSED));
        }

        @Test
        void the_order_of_arrival_does_not_matter() {
            projection.applied(paidAt("pi_late", NOON.plus(Duration.ofDays(1))));
            projection.ordered(closing).applied(paidAt("pi_in_time", NOON.plusSeconds(60)));
            assertGranted();
            var open = new HashMap<String, Discrepancy>();
            projection.discrepancies().forEach(each -> open.put(each.getDiscrepancyId(), each));
            open.values().removeIf(each -> each.getState() == DiscrepancyState.CLOSED);
            assertThat(open.values())
                    .extracting(Discrepancy::getKind, Discrepancy::getPaymentKey)
                    .containsExactly(tuple(DiscrepancyKind.LATE, "stripe/main/pi_late"));
        }

        @Test
        void late_money_grants_if_the_policy_accepts_it() {
            projection.close();
            projection = new Projection(
                    folder,
                    new ProductCatalogue(
                            Map.of("promoted-post", Products.PROMOTED),
                            true,
                            new Policy(Set.of(DiscrepancyKind.LATE), Set.of()),
                            "v1"));
            projection.ordered(closing).applied(paidAt("pi_1", NOON.plus(Duration.ofDays(1))));
            assertGranted();
            assertKinds(tuple(DiscrepancyKind.LATE, DiscrepancyState.OPEN));
        }

        @Test
        void refunded_late_money_is_no_discrepancy() {
            projection.ordered(closing).applied(paidAt("pi_1", NOON.plus(Duration.ofDays(1))));
            assertKinds(tuple(DiscrepancyKind.LATE, DiscrepancyState.OPEN));
            var at = NOON.plus(Duration.ofDays(2));
            projection.applied(names(captured("pi_1", NOON.plus(Duration.ofDays(1)), 2500, 2500), "o_1")
                    .setRefundedAt(at));
            assertKinds(tuple(DiscrepancyKind.LATE, DiscrepancyState.CLOSED));
        }

        private PaymentState.Builder paidAt(String payment, Instant at) {
            return names(captured(payment, at, 2500, 0), "o_1");
        }
    }

    @Nested
    class What_is_no_order {
        @Test
        void leaves_as_the_record_it_was_and_stops_nothing() {
            var bytes = "{\"order\": 1}".getBytes(StandardCharsets.UTF_8);
            projection.wrote("o_9", bytes).ordered(order()).applied(paid("pi_1", 2500));
            assertGranted();
            var letter = projection.deadLetters().readRecord();
            assertThat(letter.value()).isEqualTo(bytes);
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("o_9");
            assertThat(header(letter.headers(), Headers.DLQ_REASON)).isEqualTo("MALFORMED");
            assertThat(header(letter.headers(), Headers.DLQ_STAGE)).isEqualTo("projector");
            assertThat(header(letter.headers(), Headers.ERROR_TOPIC)).isEqualTo("ipn.orders");
        }

        @Test
        void is_also_what_cannot_be_meant() {
            projection
                    .ordered(order().setAmount(-1))
                    .ordered(order().setSubject(" "))
                    .ordered(order().setCurrency("usd"));
            var reasons = new ArrayList<String>();
            projection
                    .deadLetters()
                    .readRecordsToList()
                    .forEach(letter -> reasons.add(header(letter.headers(), Headers.DLQ_REASON)));
            assertThat(reasons).containsExactly("INVALID_AMOUNT", "MISSING_FIELD", "UNKNOWN_CURRENCY");
        }

        private static String header(org.apache.kafka.common.header.Headers headers, String name) {
            return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
        }
    }

    private void assertGranted() {
        assertThat(projection.events())
                .extracting(
                        EntitlementEvent::getType,
                        EntitlementEvent::getSubject,
                        EntitlementEvent::getScope,
                        event -> event.getCause().getTopic())
                .containsExactly(tuple(EntitlementEventType.GRANTED, "u_42", "post_7", "ipn.raw"));
    }

    private void assertKinds(org.assertj.core.groups.Tuple... kindsAndStates) {
        assertThat(projection.discrepancies())
                .extracting(Discrepancy::getKind, Discrepancy::getState)
                .containsExactly(kindsAndStates);
    }

    /** A payment that names its order and nothing else. */
    private static PaymentState.Builder paid(String id, long amount) {
        return names(captured(id, NOON, amount, 0), "o_1");
    }

    private static PaymentState.Builder refunded(String id) {
        return names(captured(id, NOON, 2500, 2500).setRefundedAt(NOON.plusSeconds(60)), "o_1");
    }

    private static PaymentState.Builder names(PaymentState.Builder payment, String order) {
        return payment.setReferences(Map.of("order", order));
    }

    private static PaymentState.Builder names(PaymentState.Builder payment, String order, String product) {
        return payment.setReferences(
                Map.of("order", order, "subject", "u_42", "reference", "post_7", "product", product));
    }

    private static Totals totals(String currency, long captured) {
        return new Totals(currency, 0L, captured, 0L, 0L, 0L, 0L);
    }

    private static Order.Builder order() {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true);
    }
}
