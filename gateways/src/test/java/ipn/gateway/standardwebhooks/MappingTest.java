package ipn.gateway.standardwebhooks;

import static ipn.gateway.standardwebhooks.StandardWebhooksUnderTest.SECRET;
import static ipn.gateway.standardwebhooks.StandardWebhooksUnderTest.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.GatewayUnderTest;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import ipn.settings.SettingsException;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender's events mean, by the usual mapping and by one of its own. */
class MappingTest {
    private static final GatewayAccount USUAL = StandardWebhooksUnderTest.open("{mode: test, secrets: 'env:SENDER'}");
    private static final Money EIGHT = new Money(800, "USD");
    private static final Instant END = Instant.parse("2026-10-01T12:00:00Z");
    private static final String DATA =
            "'payment_id': 'pay_1', 'refund_id': 'ref_1', 'dispute_id': 'dsp_1', 'amount': 800, 'currency': 'USD', 'reason': 'why'";
    private static final String PERIOD =
            "'subscription_id': 'sub_1', 'period_start': '2026-09-01T12:00:00Z', 'period_end': '2026-10-01T12:00:00Z'";

    static Stream<Arguments> paymentEvents() {
        return Stream.of(
                Arguments.of("payment.authorized", new Fact.Authorized("pay_1", EIGHT)),
                Arguments.of("payment.captured", new Fact.Captured("pay_1", EIGHT, Optional.empty())),
                Arguments.of("payment.succeeded", new Fact.Captured("pay_1", EIGHT, Optional.empty())),
                Arguments.of("payment.pending", new Fact.Attempt("pay_1", AttemptStatus.PENDING, "why")),
                Arguments.of("payment.failed", new Fact.Attempt("pay_1", AttemptStatus.FAILED, "why")),
                Arguments.of("payment.canceled", new Fact.Attempt("pay_1", AttemptStatus.CANCELED, "why")),
                Arguments.of("payment.expired", new Fact.Attempt("pay_1", AttemptStatus.EXPIRED, "why")),
                Arguments.of("refund.succeeded", new Fact.Refund("ref_1", EIGHT, RefundStatus.SUCCEEDED)),
                Arguments.of("refund.failed", new Fact.Refund("ref_1", EIGHT, RefundStatus.FAILED)),
                Arguments.of(
                        "dispute.opened", new Fact.Dispute("dsp_1", Optional.of(EIGHT), DisputeStatus.OPEN, "why")),
                Arguments.of("dispute.won", new Fact.Dispute("dsp_1", Optional.of(EIGHT), DisputeStatus.WON, "why")),
                Arguments.of("dispute.lost", new Fact.Dispute("dsp_1", Optional.of(EIGHT), DisputeStatus.LOST, "why")),
                Arguments.of("fraud.flagged", new Fact.FraudFlag("pay_1", true, "why")),
                Arguments.of("fraud.cleared", new Fact.FraudFlag("pay_1", false, "why")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paymentEvents")
    void an_event_of_a_payment_means_what_it_is_called(String type, Fact expected) {
        assertThat(keyOf(USUAL, type, DATA)).isEqualTo("standard-webhooks/main/pay_1");
        assertThat(understood(USUAL, type, DATA).facts()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "subscription.started, ACTIVE, false",
        "subscription.renewed, ACTIVE, false",
        "subscription.past_due, PAST_DUE, false",
        "subscription.paused, PAUSED, false",
        "subscription.canceled, CANCELED, false",
        "subscription.expired, EXPIRED, false",
        "subscription.cancel_scheduled, ACTIVE, true"
    })
    void an_event_of_a_subscription_means_what_it_is_called(String type, SubscriptionStatus status, boolean scheduled) {
        assertThat(keyOf(USUAL, type, PERIOD)).isEqualTo("standard-webhooks/main/sub_1");
        assertThat(understood(USUAL, type, PERIOD).facts())
                .containsExactly(new Fact.Subscription(
                        "sub_1",
                        status,
                        Optional.of(END),
                        Optional.empty(),
                        scheduled,
                        scheduled ? Optional.of(END) : Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"subscription.started", "subscription.renewed", "payment.succeeded"})
    void a_payment_for_a_period_is_money_and_a_bill(String type) {
        assertThat(keyOf(USUAL, type, DATA + "," + PERIOD)).isEqualTo("standard-webhooks/main/pay_1");
        assertThat(understood(USUAL, type, DATA + "," + PERIOD).facts())
                .containsExactly(
                        new Fact.Captured("pay_1", EIGHT, Optional.empty()),
                        new Fact.Invoice(
                                "pay_1",
                                InvoiceStatus.PAID,
                                Optional.of("standard-webhooks/main/sub_1"),
                                EIGHT,
                                EIGHT,
                                Optional.of(Instant.parse("2026-09-01T12:00:00Z")),
                                Optional.of(END)));
    }

    @Test
    void the_standing_of_a_subscription_is_about_it_even_where_a_payment_is_named() {
        assertThat(keyOf(USUAL, "subscription.past_due", DATA + "," + PERIOD))
                .isEqualTo("standard-webhooks/main/sub_1");
    }

    @Test
    void a_sender_with_a_vocabulary_of_its_own_is_read_by_its_mapping() {
        var account = StandardWebhooksUnderTest.open("""
                {mode: test, secrets: 'env:SENDER', receiver: m_7, mapping: {
                  type: /event/name, occurred-at: /event/at, payment: /payload/0/ref, amount: /payload/0/price/value, unit: major,
                  currency: /payload/0/price/iso, order: /payload/0/cart, subject: /who, product: /payload/0/item,
                  reference: /payload/0/campaign, sku: /payload/0/sku, receiver: /merchant, mode: /live,
                  types: {sale/done: captured, sale.gone: refund-failed, payment.succeeded: ignored}}}""");
        var body = """
                {'event': {'name': 'sale/done', 'at': 1788264000}, 'merchant': 'm_7', 'live': false, 'who': 42,
                 'payload': [{'ref': 1001, 'price': {'value': 25.5, 'iso': 'EUR'}, 'cart': 'ord_1', 'item': 'promoted-post',
                   'campaign': 'c/1', 'sku': 'S 1'}]}""";
        assertThat(identified(account, body)).isEqualTo("standard-webhooks/main/1001");
        var notification = ((Translation.Understood) translated(account, body)).notification();
        assertThat(notification.occurredAt()).isEqualTo(GatewayUnderTest.SIGNED_AT);
        assertThat(notification.facts())
                .containsExactlyInAnyOrder(
                        new Fact.Captured("1001", new Money(2550, "EUR"), Optional.empty()),
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "42"),
                        new Fact.Reference(ReferenceName.PRODUCT, "promoted-post"),
                        new Fact.Reference(ReferenceName.REFERENCE, "c/1"),
                        new Fact.Sku("S 1"));
        assertThat(reason(account, body.replace("25.5", "'25.555'"))).isEqualTo(Reason.WRONG_EXPONENT);
        assertThat(reason(account, body.replace("m_7", "m_8"))).isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(reason(account, body.replace("'merchant'", "'x'"))).isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(reason(account, body.replace("'live': false", "'live': true")))
                .isEqualTo(Reason.WRONG_MODE);
        assertThat(reason(account, body.replace("'live': false", "'live': 'production'")))
                .isEqualTo(Reason.WRONG_MODE);
        assertThat(reason(account, body.replace("'live': false", "'x': 1"))).isEqualTo(Reason.MISSING_FIELD);
        assertThat(translated(account, body.replace("sale/done", "payment.succeeded")))
                .isEqualTo(new Translation.Ignored("payment.succeeded"));
    }

    private static final GatewayAccount BILLING = StandardWebhooksUnderTest.open("""
            {mode: test, secrets: 'env:SENDER', mapping: {lines: /data/line_items, line-sku: /plan_code, line-amount: /subtotal,
              line-proration: /proration_rate, invoice-reason: /data/origin, invoice-discount: /data/discount_total}}""");
    private static final String LINES = """
            'origin': 'immediate_change', 'discount_total': 100, 'credit': 50, 'line_items': [
              {'plan_code': 'premium', 'quantity': 2, 'subtotal': 1000, 'discount': 100, 'discount_name': 'winter', 'tax': 30,
               'period_start': '2026-09-01T12:00:00Z', 'period_end': '2026-10-01T12:00:00Z'},
              {'plan_code': ['basic', 'basic-2026'], 'subtotal': '-250', 'proration_rate': 0.5}]""";

    @ParameterizedTest
    @ValueSource(strings = {"payment.succeeded", "subscription.renewed"})
    void lines_are_read_where_the_mapping_names_them(String type) {
        var subscription = type.startsWith("subscription");
        var data = DATA + "," + LINES + (subscription ? "," + PERIOD : "");
        var invoice = invoices(BILLING, type, data).get(0);

        assertThat(invoice.subscription().isPresent()).isEqualTo(subscription);
        assertThat(invoice.paid()).isEqualTo(EIGHT);
        assertThat(invoice.breakdown())
                .contains(new Fact.Breakdown(
                        InvoiceReason.SWITCH,
                        100,
                        30,
                        50,
                        List.of(
                                Fact.Line.of(List.of("premium"), 2, 1000)
                                        .withDiscount(100, Optional.of("winter"))
                                        .withTax(30)
                                        .withPeriod(
                                                Optional.of(Instant.parse("2026-09-01T12:00:00Z")), Optional.of(END)),
                                Fact.Line.of(List.of("basic", "basic-2026"), 1, -250)
                                        .prorated(true))));
        assertThat(invoices(USUAL, "payment.succeeded", DATA + "," + LINES)).isEmpty();
        assertThat(invoices(BILLING, "payment.succeeded", DATA)).isEmpty();
    }

    @Test
    void lines_of_a_refund_are_read_where_the_mapping_names_them() {
        var refunding = StandardWebhooksUnderTest.open(
                "{mode: test, secrets: 'env:SENDER', mapping: {unit: major, refund-lines: /data/line_items, line-sku: /plan}}");
        var data = DATA.replace("800", "'8.00'")
                + ", 'line_items': [{'plan': ['a', 'b'], 'amount': '-5.00'}, {'plan': 'c', 'amount': 3}, {'amount': 1}, {'plan': 'd', 'amount': 0}]";
        var refund = new Fact.Refund("ref_1", EIGHT, RefundStatus.SUCCEEDED);

        assertThat(understood(refunding, "refund.succeeded", data).facts())
                .containsExactly(
                        refund,
                        new Fact.RefundLines(
                                "ref_1", List.of(new Fact.RefundLine("a", 500), new Fact.RefundLine("c", 300))));
        assertThat(understood(refunding, "refund.succeeded", data.replace("-5.00", "five"))
                        .facts())
                .as("a line that makes no sense never keeps the refund out")
                .containsExactly(refund);
        assertThat(understood(USUAL, "refund.succeeded", data.replace("8.00", "800"))
                        .facts())
                .as("not without the mapping: a sender may list all lines of the payment")
                .containsExactly(refund);
    }

    @Test
    void lines_of_a_subscription_are_what_it_is_for_now_and_without_lines_its_sku() {
        assertThat(understood(BILLING, "subscription.past_due", PERIOD + "," + LINES)
                        .facts())
                .contains(new Fact.Sku("premium"), new Fact.Sku("basic"), new Fact.Sku("basic-2026"))
                .filteredOn(Fact.Subscription.class::isInstance)
                .extracting(fact -> ((Fact.Subscription) fact).items())
                .containsExactly(List.of(
                        new Fact.SubscriptionItem(List.of("premium")),
                        new Fact.SubscriptionItem(List.of("basic", "basic-2026"))));
        assertThat(understood(USUAL, "subscription.past_due", PERIOD + ", 'sku': 'premium'")
                        .facts())
                .contains(new Fact.Sku("premium"))
                .filteredOn(Fact.Subscription.class::isInstance)
                .extracting(fact -> ((Fact.Subscription) fact).items())
                .containsExactly(List.of(new Fact.SubscriptionItem(List.of("premium"))));
    }

    @Test
    void lines_have_the_unit_of_the_amount() {
        var major = StandardWebhooksUnderTest.open(
                "{mode: test, secrets: 'env:SENDER', mapping: {unit: major, lines: /data/lines}}");
        var lines =
                DATA.replace("800", "'8.00'") + ", 'lines': [{'amount': -2.5}, {'amount': '10.50', 'proration': true}]";

        assertThat(invoices(major, "payment.succeeded", lines)
                        .get(0)
                        .breakdown()
                        .orElseThrow()
                        .lines())
                .containsExactly(
                        Fact.Line.of(List.of(), 1, -250),
                        Fact.Line.of(List.of(), 1, 1050).prorated(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'subtotal': 1000 | 'subtotal': 'ten'       | INVALID_AMOUNT",
                "'subtotal': 1000 | 'subtotal': 1E1000000000 | INVALID_AMOUNT",
                "'subtotal': 1000 | 'x': 1                  | MISSING_FIELD",
                "'tax': 30        | 'tax': 0.5              | WRONG_EXPONENT",
                "'proration_rate': 0.5 | 'proration_rate': {} | MALFORMED"
            })
    void a_line_that_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        assertThat(LINES).contains(sound.strip());
        assertThat(reason(
                        BILLING,
                        event("payment.succeeded", DATA + "," + LINES.replace(sound.strip(), senseless.strip()))))
                .isEqualTo(reason);
    }

    @Test
    void no_word_comes_from_the_payer() {
        assertThat(new StandardWebhooksGateway().payerWords()).isEmpty();
    }

    private static List<Fact.Invoice> invoices(GatewayAccount account, String type, String data) {
        return understood(account, type, data).facts().stream()
                .filter(Fact.Invoice.class::isInstance)
                .map(Fact.Invoice.class::cast)
                .toList();
    }

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'amount': 800           | 'amount': -5               | INVALID_AMOUNT",
        "'amount': 800           | 'amount': '19.99'          | INVALID_AMOUNT",
        "'amount': 800           | 'amount': 1E1000000000     | INVALID_AMOUNT",
        "'amount': 800           | 'amount': 19.999           | WRONG_EXPONENT",
        "'amount': 800           | 'amount': null             | MISSING_FIELD",
        "'currency': 'USD'       | 'currency': 'XXX'          | UNKNOWN_CURRENCY",
        "'payment_id': 'pay_1'   | 'payment_id': ''           | INVALID_ID",
        "'payment_id': 'pay_1'   | 'payment_id': 'a/b'        | INVALID_ID",
        "'payment_id': 'pay_1'   | 'payment_id': null         | MISSING_FIELD",
        "'payment_id': 'pay_1'   | 'payment_id': 'pay_1', 'order_id': '\\u0000' | INVALID_ID",
        "2026-09-01T12:00:00Z    | 2036-09-01T12:00:00Z       | TIME_OUT_OF_RANGE",
        "2026-09-01T12:00:00Z    | 1970-01-01T00:00:00Z       | TIME_OUT_OF_RANGE",
        "2026-09-01T12:00:00Z    | yesterday                  | INVALID_TIME",
        "'timestamp'             | 'x'                        | MISSING_FIELD",
        "'type'                  | 'x'                        | MISSING_FIELD"
    })
    // spotless:on
    void a_field_that_makes_no_sense_is_refused_with_its_reason(String sound, String senseless, Reason reason) {
        var body = event("payment.succeeded", DATA);
        assertThat(body).contains(sound.strip());
        assertThat(reason(USUAL, body.replace(sound.strip(), senseless.strip())))
                .isEqualTo(reason);
    }

    @Test
    void an_amount_may_be_a_text_of_digits() {
        assertThat(understood(USUAL, "payment.succeeded", DATA.replace("800", "'800'"))
                        .amount())
                .contains(EIGHT);
    }

    @Test
    void an_event_id_with_odd_characters_gets_a_key_and_is_refused() {
        var delivery = delivery("msg/../1", event("payment.succeeded", DATA));
        var item = USUAL.identify(delivery).get(0);
        assertThat(item.eventKey()).startsWith("standard-webhooks/main/sha256:");
        assertThat(((Translation.Refused) USUAL.translate(delivery, item)).reason())
                .isEqualTo(Reason.INVALID_ID);
    }

    @Test
    void a_body_without_its_headers_is_unidentified() {
        var delivery = new Delivery(java.util.Map.of(), Bytes.utf8("{}"), GatewayUnderTest.RECEIVED_AT);
        assertThat(USUAL.identify(delivery).get(0).eventKey()).startsWith("standard-webhooks/main/unidentified:");
    }

    @Test
    void a_type_nobody_mapped_carries_no_fact() {
        assertThat(translated(USUAL, event("customer.moved", DATA)))
                .isEqualTo(new Translation.Ignored("customer.moved"));
    }

    @Test
    void within_an_instant_what_can_only_follow_counts_more() {
        assertThat(Stream.of(
                                "subscription.started",
                                "subscription.renewed",
                                "subscription.cancel_scheduled",
                                "subscription.past_due",
                                "subscription.paused",
                                "subscription.canceled",
                                "subscription.expired")
                        .map(type -> understood(USUAL, type, PERIOD).sequence()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(understood(USUAL, "payment.failed", DATA).sequence())
                .isGreaterThan(understood(USUAL, "payment.pending", DATA).sequence());
    }

    @Test
    void everything_wrong_with_a_mapping_is_said_at_once() {
        assertThatThrownBy(() -> StandardWebhooksUnderTest.open("""
                {mode: test, secrets: 'env:SENDER', receiver: m_7, mapping: {payment: data.payment_id, order: /a//b, subject: /a~2,
                  unit: cents, types: {a.b: captured, c.d: paid}, ammount: /x}}"""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(
                        "mapping.payment: data.payment_id",
                        "mapping.order: /a//b",
                        "mapping.subject: /a~2",
                        "mapping.unit: cents",
                        "mapping.types.c.d: paid",
                        "receiver: has no mapping.receiver")
                .hasMessageNotContaining("a.b");
        assertThatThrownBy(() ->
                        StandardWebhooksUnderTest.open("{mode: test, secrets: 'env:SENDER', mapping: {ammount: /x}}"))
                .hasMessageContaining("mapping.ammount: unknown");
    }

    private static String event(String type, String data) {
        return "{'type': '%s', 'timestamp': '2026-09-01T12:00:00Z', 'data': {%s}}".formatted(type, data);
    }

    private static Notification understood(GatewayAccount account, String type, String data) {
        var translation = translated(account, event(type, data));
        assertThat(translation).isInstanceOf(Translation.Understood.class);
        return ((Translation.Understood) translation).notification();
    }

    private static Reason reason(GatewayAccount account, String body) {
        return ((Translation.Refused) translated(account, body)).reason();
    }

    private static Translation translated(GatewayAccount account, String body) {
        var delivery = delivery("msg_1", body);
        return account.translate(delivery, account.identify(delivery).get(0));
    }

    private static String keyOf(GatewayAccount account, String type, String data) {
        return identified(account, event(type, data));
    }

    private static String identified(GatewayAccount account, String body) {
        return account.identify(delivery("msg_1", body)).get(0).paymentKey();
    }

    private static Delivery delivery(String id, String body) {
        return signed(id, Bytes.utf8(body.replace('\'', '"')), GatewayUnderTest.SIGNED_AT, SECRET, "webhook-");
    }
}
