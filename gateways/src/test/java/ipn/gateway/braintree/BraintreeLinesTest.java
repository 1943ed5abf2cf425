package ipn.gateway.braintree;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.fact.Money;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of a subscription's period: plan, add-ons, discounts and balance. */
class BraintreeLinesTest {
    private static final String CHARGED = "subscription_charged_successfully";
    private static final Optional<Instant> START = Optional.of(Instant.parse("2026-09-01T00:00:00Z"));
    private static final Optional<Instant> END = Optional.of(Instant.parse("2026-10-01T12:00:00Z"));
    private static final Line PREMIUM = Line.of(List.of("premium"), 1, 800).withPeriod(START, END);
    private static final String ADD_ONS = """
            <add-ons type="array"><add-on><id>seat</id><amount>3.00</amount><quantity type="integer">2</quantity>\
            <never-expires type="boolean">true</never-expires></add-on></add-ons>""";

    private static String discounts(String amount) {
        return """
                <discounts type="array"><discount><id>spring</id><amount>%s</amount><quantity type="integer">1</quantity>\
                </discount></discounts>""".formatted(amount);
    }

    private static String history(String balance) {
        return """
                <status-history type="array"><status-event><timestamp type="datetime">2026-09-01T12:00:00Z</timestamp>\
                <status>Active</status><balance>0.00</balance></status-event><status-event>\
                <timestamp type="datetime">2026-08-15T12:00:00Z</timestamp><balance>%s</balance></status-event><status-event>\
                <timestamp type="datetime">2026-07-15T12:00:00Z</timestamp><balance>-1.00</balance></status-event>\
                </status-history>""".formatted(balance);
    }

    private static String subscription(String more, String amount, String inTransaction) {
        return """
                <subscription><id>s1</id><plan-id>premium</plan-id><price>8.00</price><current-billing-cycle type="integer">2</current-billing-cycle>\
                <billing-period-start-date type="date">2026-09-01</billing-period-start-date>\
                <billing-period-end-date type="date">2026-09-30</billing-period-end-date>\
                <paid-through-date type="date">2026-09-30</paid-through-date>%s<transactions type="array"><transaction><id>t1</id>\
                <status>submitted_for_settlement</status><amount>%s</amount><currency-iso-code>USD</currency-iso-code>\
                <created-at type="datetime">2026-09-01T11:59:55Z</created-at>%s</transaction></transactions></subscription>""".formatted(more, amount, inTransaction);
    }

    private static Fact.Invoice invoice(String kind, String subscription) {
        return BraintreeSays.facts(kind, subscription).stream()
                .filter(Fact.Invoice.class::isInstance)
                .map(Fact.Invoice.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Breakdown> breakdown(String more, String amount) {
        return invoice(CHARGED, subscription(more, amount, "")).breakdown();
    }

    private static Optional<Breakdown> expected(InvoiceReason reason, long discount, long credit, Line... lines) {
        return Optional.of(new Breakdown(reason, discount, 0, credit, List.of(lines)));
    }

    @ParameterizedTest
    @CsvSource({"1, FIRST", "2, RENEWAL", "12, RENEWAL", "0, OTHER", "x, OTHER"})
    void the_billing_cycle_tells_the_first_period_from_a_renewal(String cycle, InvoiceReason reason) {
        var charged = subscription("", "8.00", "").replace("\"integer\">2<", "\"integer\">" + cycle + "<");
        assertThat(invoice(CHARGED, charged).breakdown()).isEqualTo(expected(reason, 0, 0, PREMIUM));
    }

    @Test
    void an_add_on_is_a_line_with_its_quantity() {
        assertThat(breakdown(ADD_ONS, "14.00"))
                .isEqualTo(expected(
                        InvoiceReason.RENEWAL,
                        0,
                        0,
                        PREMIUM,
                        Line.of(List.of("seat"), 2, 600).withPeriod(START, END)));
    }

    @Test
    void a_discount_reduces_the_plan_first_and_then_the_add_ons() {
        assertThat(breakdown(ADD_ONS + discounts("10.00"), "4.00"))
                .isEqualTo(expected(
                        InvoiceReason.RENEWAL,
                        1000,
                        0,
                        PREMIUM.withDiscount(800, Optional.of("spring")),
                        Line.of(List.of("seat"), 2, 600)
                                .withPeriod(START, END)
                                .withDiscount(200, Optional.of("spring"))));
    }

    @Test
    void the_plan_and_its_add_ons_are_the_items_of_the_subscription() {
        assertThat(BraintreeSays.facts("subscription_went_past_due", subscription(ADD_ONS, "14.00", "")))
                .contains(new Fact.Sku("premium"), new Fact.Sku("seat"))
                .filteredOn(Fact.Subscription.class::isInstance)
                .extracting(fact -> ((Fact.Subscription) fact).items())
                .containsExactly(List.of(
                        new Fact.SubscriptionItem(List.of("premium")), new Fact.SubscriptionItem(List.of("seat"))));
    }

    @Test
    void a_discount_of_100_percent_leaves_the_line_at_its_price() {
        assertThat(breakdown(discounts("9.00"), "0.00"))
                .isEqualTo(expected(InvoiceReason.RENEWAL, 800, 0, PREMIUM.withDiscount(800, Optional.of("spring"))));
    }

    @Test
    void what_applied_to_the_transaction_counts_before_what_applies_to_the_subscription() {
        var charged = subscription(ADD_ONS, "6.00", "<add-ons type=\"array\"/>" + discounts("2.00"));
        assertThat(invoice(CHARGED, charged).breakdown())
                .isEqualTo(expected(InvoiceReason.RENEWAL, 200, 0, PREMIUM.withDiscount(200, Optional.of("spring"))));
    }

    @Test
    void a_balance_that_the_history_confirms_is_credit() {
        assertThat(breakdown(history("-3.00"), "5.00")).isEqualTo(expected(InvoiceReason.RENEWAL, 0, 300, PREMIUM));
        assertThat(invoice(CHARGED, subscription(history("-3.00"), "5.00", "")).due())
                .isEqualTo(new Money(500, "USD"));
    }

    @Test
    void an_amount_that_plan_add_ons_discounts_and_balance_do_not_explain_has_no_breakdown() {
        assertThat(breakdown("", "5.00")).isEmpty();
        assertThat(breakdown(history("-1.00"), "5.00")).isEmpty();
        assertThat(breakdown(history("3.00"), "5.00")).isEmpty();
        assertThat(breakdown("", "11.00")).isEmpty();
        assertThat(invoice(CHARGED, subscription("", "8.00", "").replace("<price>8.00</price>", ""))
                        .breakdown())
                .isEmpty();
    }

    @Test
    void a_failed_charge_has_the_lines_of_the_unpaid_period() {
        var failed = subscription("", "8.00", "").replace("submitted_for_settlement", "processor_declined");
        assertThat(invoice("subscription_charged_unsuccessfully", failed).breakdown())
                .isEqualTo(expected(
                        InvoiceReason.OTHER,
                        0,
                        0,
                        Line.of(List.of("premium"), 1, 800).withPeriod(END, Optional.empty())));
    }

    @Test
    void a_skipped_billing_is_paid_by_the_balance_and_nothing_is_due() {
        var skipped = invoice("subscription_billing_skipped", subscription(ADD_ONS + discounts("2.00"), "8.00", ""));
        assertThat(skipped.due()).isEqualTo(new Money(0, "USD")).isEqualTo(skipped.paid());
        assertThat(skipped.breakdown())
                .isEqualTo(expected(
                        InvoiceReason.RENEWAL,
                        200,
                        1200,
                        PREMIUM.withDiscount(200, Optional.of("spring")),
                        Line.of(List.of("seat"), 2, 600).withPeriod(START, END)));
    }

    @ParameterizedTest
    @CsvSource({
        "<amount>3.00</amount>, <amount>x</amount>, INVALID_AMOUNT",
        "<amount>3.00</amount>, <amount>-3.00</amount>, INVALID_AMOUNT",
        "<amount>3.00</amount>, <amount>3.001</amount>, WRONG_EXPONENT",
        "<amount>3.00</amount>, <x/>, MISSING_FIELD",
        "<id>seat</id>, <id>a b</id>, INVALID_ID"
    })
    void an_add_on_that_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        var charged = subscription(ADD_ONS, "14.00", "");
        assertThat(charged).contains(sound);
        assertThat(BraintreeSays.translated(BraintreeSays.USUAL, CHARGED, charged.replace(sound, senseless), 0))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void a_payer_can_write_no_word() {
        assertThat(new BraintreeGateway().payerWords()).isEmpty();
    }
}
