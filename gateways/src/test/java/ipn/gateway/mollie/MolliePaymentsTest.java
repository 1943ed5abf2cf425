package ipn.gateway.mollie;

import static ipn.gateway.mollie.MollieSays.chargeback;
import static ipn.gateway.mollie.MollieSays.facts;
import static ipn.gateway.mollie.MollieSays.fetched;
import static ipn.gateway.mollie.MollieSays.item;
import static ipn.gateway.mollie.MollieSays.payment;
import static ipn.gateway.mollie.MollieSays.refund;
import static ipn.gateway.mollie.MollieSays.translated;
import static ipn.gateway.mollie.MollieSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payments that were looked up. */
class MolliePaymentsTest {
    private static final Money AMOUNT = new Money(2300, "EUR");

    @ParameterizedTest
    @CsvSource({"open, PENDING", "pending, PENDING", "failed, FAILED", "canceled, CANCELED", "expired, EXPIRED"})
    void a_payment_that_brought_nothing_says_how_far_it_came(String status, AttemptStatus expected) {
        assertThat(facts(fetched(payment(status)))).containsExactly(new Fact.Attempt("tr_1", expected, ""));
    }

    @Test
    void a_failure_has_its_reason() {
        assertThat(facts(fetched(payment("failed", "'details': {'failureReason': 'insufficient_funds'}"))))
                .containsExactly(new Fact.Attempt("tr_1", AttemptStatus.FAILED, "insufficient_funds"));
    }

    @Test
    void money_set_aside_and_money_taken() {
        assertThat(facts(fetched(payment("authorized")))).containsExactly(new Fact.Authorized("tr_1", AMOUNT));
        assertThat(facts(fetched(payment("authorized", "'amountCaptured': {'value': '10.00', 'currency': 'EUR'}"))))
                .containsExactly(new Fact.Authorized("tr_1", AMOUNT), captured(1000));
        assertThat(facts(fetched(payment("paid", "'amountCaptured': {'value': '10.00', 'currency': 'EUR'}"))))
                .containsExactly(captured(1000));
        assertThat(facts(fetched(payment("paid")))).containsExactly(captured(2300));
    }

    @ParameterizedTest
    @CsvSource({"queued, ", "pending, ", "processing, ", "refunded, SUCCEEDED", "failed, FAILED", "canceled, CANCELED"})
    void only_what_was_refunded_counts_of_the_refunds_listed(String status, RefundStatus expected) {
        var facts = facts(fetched(paid("'refunds': [" + refund(status) + "]")));
        assertThat(facts).contains(captured(2300)).noneMatch(Fact.RefundTotal.class::isInstance);
        var refunds = expected == null
                ? List.<Fact>of()
                : List.<Fact>of(new Fact.Refund("re_1", new Money(1000, "EUR"), expected));
        assertThat(facts).filteredOn(Fact.Refund.class::isInstance).isEqualTo(refunds);
    }

    @Test
    void a_total_counts_where_refunds_are_not_listed() {
        var total = payment("paid", "'amountRefunded': {'value': '10.00', 'currency': 'EUR'}");
        assertThat(facts(fetched(total)))
                .containsExactly(captured(2300), new Fact.RefundTotal("tr_1", new Money(1000, "EUR")));
    }

    @Test
    void money_charged_back_is_lost_unless_it_comes_back() {
        assertThat(facts(fetched(paid("'chargebacks': [" + chargeback("null") + "]"))))
                .contains(
                        new Fact.Dispute("chb_1", Optional.of(AMOUNT), DisputeStatus.LOST, "AC01"),
                        new Fact.DisputeFunds("chb_1", AMOUNT, DisputeMovement.WITHDRAWN));
        assertThat(facts(fetched(paid("'chargebacks': [" + chargeback("'2026-09-20T12:00:00+00:00'") + "]"))))
                .contains(
                        new Fact.Dispute("chb_1", Optional.of(AMOUNT), DisputeStatus.WON, "AC01"),
                        new Fact.DisputeFunds("chb_1", AMOUNT, DisputeMovement.REINSTATED));
    }

    @Test
    void it_happened_when_the_newest_thing_in_it_did() {
        assertThat(understood(fetched(payment("open"))).occurredAt()).isEqualTo(Instant.parse("2026-09-01T11:59:00Z"));
        var all = payment(
                "paid",
                "'paidAt': '2026-09-01T14:00:00+02:00', '_embedded': {'refunds': [" + refund("queued")
                        + "], 'chargebacks': [" + chargeback("'2026-09-20T12:00:00+00:00'") + "]}");
        assertThat(understood(fetched(all)).occurredAt()).isEqualTo(Instant.parse("2026-09-20T12:00:00Z"));
        assertThat(understood(fetched(all.replace("'2026-09-20T12:00:00+00:00'", "null")))
                        .occurredAt())
                .isEqualTo(Instant.parse("2026-09-02T12:00:00Z"));
    }

    @Test
    void the_same_state_is_the_same_event_and_every_change_is_a_newer_one() {
        var life = List.of(
                payment("open"),
                payment("pending"),
                payment("authorized"),
                payment("authorized", "'amountCaptured': {'value': '0.01', 'currency': 'EUR'}"),
                payment("authorized", "'amountCaptured': {'value': '10.00', 'currency': 'EUR'}"),
                payment("paid", "'amountCaptured': {'value': '23.00', 'currency': 'EUR'}"));
        var refunded = List.of("queued", "pending", "processing", "refunded", "failed").stream()
                .map(status -> payment(
                        "paid",
                        "'amountCaptured': {'value': '23.00', 'currency': 'EUR'}, '_embedded': " + "{'refunds': ["
                                + refund(status) + "], 'chargebacks': []}"));
        var states = new ArrayList<>(life);
        states.addAll(refunded.toList());
        states.add(states.get(states.size() - 1)
                .replace("'chargebacks': []", "'chargebacks': [" + chargeback("null") + "]"));
        states.add(states.get(states.size() - 1)
                .replace("'reversedAt': null", "'reversedAt': '2026-09-20T12:00:00+00:00'"));
        long before = 0;
        for (var state : states) {
            assertThat(item(fetched(state))).isEqualTo(item(fetched(state)));
            var sequence = understood(fetched(state)).sequence();
            assertThat(sequence).as(state).isGreaterThan(before);
            before = sequence;
        }
        assertThat(states.stream().map(state -> item(fetched(state)).eventKey()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "open, OPEN, 0",
        "pending, OPEN, 0",
        "authorized, OPEN, 0",
        "paid, PAID, 2300",
        "failed, FAILED, 0",
        "expired, FAILED, 0",
        "canceled, VOID, 0"
    })
    void a_payment_of_a_subscription_is_a_bill_from_the_day_it_was_due(
            String status, InvoiceStatus expected, long paid) {
        assertThat(facts(fetched(payment(status, "'subscriptionId': 'sub_1', 'sequenceType': 'recurring'"))))
                .contains(new Fact.Invoice(
                        "tr_1",
                        expected,
                        Optional.of("mollie/main/sub_1"),
                        AMOUNT,
                        new Money(paid, "EUR"),
                        Optional.of(Instant.parse("2026-09-01T11:59:00Z")),
                        Optional.empty()));
    }

    @Test
    void a_subscription_is_known_by_its_payments_only() {
        var renewal = facts(fetched(payment("paid", "'subscriptionId': 'sub_1', 'sequenceType': 'recurring'")));
        assertThat(renewal).hasSize(2).noneMatch(Fact.Subscription.class::isInstance);
        assertThat(renewal)
                .filteredOn(Fact.Invoice.class::isInstance)
                .singleElement()
                .satisfies(invoice ->
                        assertThat(((Fact.Invoice) invoice).breakdown()).isEmpty());
    }

    private static final String LINES = """
            'lines': [
              {'type': 'digital', 'description': 'Premium', 'sku': 'premium', 'quantity': 2, 'unitPrice': {'value': '12.00', 'currency': 'EUR'},
               'discountAmount': {'value': '4.00', 'currency': 'EUR'}, 'totalAmount': {'value': '20.00', 'currency': 'EUR'},
               'vatRate': '21.00', 'vatAmount': {'value': '3.47', 'currency': 'EUR'}},
              {'type': 'digital', 'description': 'Report', 'quantity': 1, 'totalAmount': {'value': '10.00', 'currency': 'EUR'}},
              {'type': 'discount', 'description': 'Coupon', 'quantity': 1, 'totalAmount': {'value': '-5.00', 'currency': 'EUR'}},
              {'type': 'gift_card', 'description': 'Gift card', 'quantity': 1, 'totalAmount': {'value': '-2.00', 'currency': 'EUR'}}]""";

    @Test
    void lines_are_what_the_merchants_server_sold() {
        var invoices = facts(fetched(payment("paid", LINES))).stream()
                .filter(Fact.Invoice.class::isInstance)
                .toList();

        assertThat(invoices)
                .containsExactly(new Fact.Invoice(
                                "tr_1",
                                InvoiceStatus.PAID,
                                Optional.empty(),
                                AMOUNT,
                                AMOUNT,
                                Optional.of(Instant.parse("2026-09-01T11:59:00Z")),
                                Optional.empty())
                        .with(new Fact.Breakdown(
                                InvoiceReason.MANUAL,
                                900,
                                347,
                                200,
                                List.of(
                                        Fact.Line.of(List.of("premium"), 2, 2400)
                                                .withDiscount(400, Optional.empty())
                                                .withTax(347),
                                        Fact.Line.of(List.of(), 1, 1000)))));
    }

    @Test
    void lines_in_part_captured_are_paid_in_part() {
        var part = payment("paid", LINES + ", 'amountCaptured': {'value': '10.00', 'currency': 'EUR'}");

        assertThat(facts(fetched(part)))
                .filteredOn(Fact.Invoice.class::isInstance)
                .allMatch(invoice -> ((Fact.Invoice) invoice).paid().minorUnits() == 1000)
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'10.00', 'ten', INVALID_AMOUNT",
        "'10.00', '10.001', WRONG_EXPONENT",
        "'-2.00', '-2.001', WRONG_EXPONENT"
    })
    void a_line_that_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        assertThat(translated(fetched(payment("paid", LINES.replace(sound, senseless)))))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(translated(fetched(
                        payment("paid", LINES.replace("'-2.00', 'currency': 'EUR'", "'-2.00', 'currency': 'USD'")))))
                .isInstanceOf(Translation.Refused.class);
    }

    @Test
    void no_word_comes_from_the_payer() {
        assertThat(new MollieGateway().payerWords()).isEmpty();
    }

    @Test
    void metadata_may_be_anything_and_a_description_names_what_was_bought() {
        for (var metadata : List.of("null", "'ord_1'", "[1]", "42")) {
            assertThat(facts(fetched(payment("paid", "'metadata': " + metadata))))
                    .containsExactly(captured(2300));
        }
        assertThat(facts(fetched(payment("paid", "'description': 'Premium monthly'"))))
                .contains(new Fact.Sku("Premium monthly"));
        assertThat(facts(fetched(payment("paid", "'description': 'a\\nb'")))).containsExactly(captured(2300));
        assertThat(facts(fetched(payment("paid", "'description': '" + "x".repeat(201) + "'"))))
                .containsExactly(captured(2300));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'value': '23.00'      | 'value': '-23.00'          | INVALID_AMOUNT",
                "'value': '23.00'      | 'value': 23.00             | INVALID_AMOUNT",
                "'value': '23.00'      | 'value': '23.001'          | WRONG_EXPONENT",
                "'value': '23.00'      | 'value': null              | MISSING_FIELD",
                "'currency': 'EUR'     | 'currency': 'JPY'          | ",
                "'currency': 'EUR'     | 'currency': 'XXX'          | UNKNOWN_CURRENCY",
                "'id': 'tr_1'          | 'id': 'tr 1'               | INVALID_ID",
                "'id': 'tr_1'          | 'x': 1                     | MISSING_FIELD",
                "'mode': 'test'        | 'mode': 'live'             | WRONG_MODE",
                "'mode': 'test'        | 'mode': null               | MISSING_FIELD",
                "'status': 'paid'      | 'status': 'brand_new'      | MALFORMED",
                "'status': 'paid'      | 'status': null             | MISSING_FIELD",
                "'createdAt': '2026    | 'createdAt': 'x2026        | INVALID_TIME",
                "'createdAt': '2026    | 'createdAt': '2056         | TIME_OUT_OF_RANGE",
                "'createdAt'           | 'x'                        | MISSING_FIELD",
                "'description': null   | '_embedded': {'refunds': [{'status': 'new'}]} | MALFORMED",
                "'description': null   | '_embedded': {'refunds': [{}]} | MISSING_FIELD"
            })
    void what_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        assertThat(payment("paid")).contains(sound.strip());
        var translation = translated(fetched(payment("paid").replace(sound.strip(), senseless.strip())));
        if (reason == null) {
            assertThat(translation).isInstanceOf(Translation.Understood.class); // 23.00 yen are 23
            return;
        }
        assertThat(translation)
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static String paid(String embedded) {
        return payment("paid", "'_embedded': {" + embedded + "}");
    }

    private static Fact captured(long cents) {
        return new Fact.Captured("tr_1", new Money(cents, "EUR"), Optional.empty());
    }
}
