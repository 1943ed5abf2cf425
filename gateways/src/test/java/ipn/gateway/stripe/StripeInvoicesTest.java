package ipn.gateway.stripe;

import static ipn.gateway.stripe.StripeSays.event;
import static ipn.gateway.stripe.StripeSays.facts;
import static ipn.gateway.stripe.StripeSays.translated;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.fact.Money;
import ipn.gateway.Translation;
import ipn.gateway.Word;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of an invoice, and how Stripe calculated its amount from them. */
class StripeInvoicesTest {
    private static final Optional<Instant> START = Optional.of(Instant.ofEpochSecond(1_788_264_000));
    private static final Optional<Instant> SWITCH = Optional.of(Instant.ofEpochSecond(1_789_560_000));
    private static final Optional<Instant> END = Optional.of(Instant.ofEpochSecond(1_790_856_000));
    private static final Line PREMIUM =
            Line.of(List.of("price_1", "prod_1"), 1, 800).withPeriod(START, END);

    /** A line of a subscription; {@code parent}, {@code amount}, quantity and taxes as the API version of March 2025 sends them. */
    private static final String LINE = """
            {'id': 'il_1', 'object': 'line_item', 'amount': 800, 'currency': 'usd', 'description': '1 x Premium', 'quantity': 1,
             'discount_amounts': [], 'discounts': [], 'metadata': {}, 'period': {'start': 1788264000, 'end': 1790856000},
             'parent': {'type': 'subscription_item_details', 'invoice_item_details': null,
              'subscription_item_details': {'invoice_item': null, 'proration': false, 'subscription': 'sub_1', 'subscription_item': 'si_1'}},
             'pricing': {'type': 'price_details', 'unit_amount_decimal': '800', 'price_details': {'price': 'price_1', 'product': 'prod_1'}},
             'taxes': []}""";

    private static String invoice(String reason, long subtotal, long total, long due, String more, String... lines) {
        return """
                {'id': 'in_1', 'object': 'invoice', 'currency': 'usd', 'billing_reason': '%s', 'subtotal': %d, 'total': %d, 'amount_due': %d,
                 'amount_paid': %d, 'amount_remaining': 0, 'parent': {'type': 'subscription_details', 'subscription_details': {'subscription': 'sub_1'}},
                 %s 'lines': {'object': 'list', 'has_more': false, 'data': [%s]}}""".formatted(reason, subtotal, total, due, due, more, String.join(", ", lines));
    }

    /** A line for the rest of a period after a change, in the shape of an invoice item. */
    private static String prorated(String price, long quantity, long amount) {
        return """
                {'id': 'il_2', 'amount': %d, 'currency': 'usd', 'quantity': %d, 'period': {'start': 1789560000, 'end': 1790856000},
                 'parent': {'type': 'invoice_item_details', 'subscription_item_details': null,
                  'invoice_item_details': {'invoice_item': 'ii_2', 'proration': true, 'subscription': 'sub_1'}},
                 'pricing': {'price_details': {'price': '%s', 'product': 'prod_1'}}}""".formatted(amount, quantity, price);
    }

    private static Line proratedLine(String price, long quantity, long amount) {
        return Line.of(List.of(price, "prod_1"), quantity, amount)
                .prorated(true)
                .withPeriod(SWITCH, END);
    }

    private static Fact.Invoice read(String invoice) {
        return facts("invoice.paid", invoice).stream()
                .filter(Fact.Invoice.class::isInstance)
                .map(Fact.Invoice.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Breakdown> breakdown(String invoice) {
        return read(invoice).breakdown();
    }

    private static Optional<Breakdown> expected(
            InvoiceReason reason, long discount, long tax, long credit, Line... lines) {
        return Optional.of(new Breakdown(reason, discount, tax, credit, List.of(lines)));
    }

    @ParameterizedTest
    @CsvSource({
        "subscription_create, FIRST",
        "subscription_cycle, RENEWAL",
        "subscription_update, SWITCH",
        "manual, MANUAL",
        "quote_accept, MANUAL",
        "automatic_pending_invoice_item_invoice, MANUAL",
        "subscription_threshold, OTHER",
        "brand_new, OTHER"
    })
    void the_billing_reason_is_the_reason(String reason, InvoiceReason expected) {
        assertThat(breakdown(invoice(reason, 800, 800, 800, "", LINE))).isEqualTo(expected(expected, 0, 0, 0, PREMIUM));
    }

    @Test
    void a_coupon_of_100_percent_leaves_the_line_at_its_price() {
        var line = LINE.replace("'discount_amounts': []", "'discount_amounts': [{'amount': 800, 'discount': 'di_1'}]");
        var invoice = read(invoice(
                "subscription_create",
                800,
                0,
                0,
                "'discounts': ['di_1'], 'total_discount_amounts': [{'amount': 800, 'discount': 'di_1'}],",
                line));
        assertThat(invoice.due()).isEqualTo(new Money(0, "USD"));
        assertThat(invoice.breakdown())
                .isEqualTo(expected(InvoiceReason.FIRST, 800, 0, 0, PREMIUM.withDiscount(800, Optional.of("di_1"))));
    }

    @Test
    void a_coupon_is_shared_by_its_lines_and_named_where_the_discount_is_expanded() {
        var line = LINE.replace(
                "'discount_amounts': []",
                "'discount_amounts': [{'amount': 160, 'discount': 'di_1'}, {'amount': 40, 'discount': 'di_2'}]");
        var other = LINE.replace("price_1", "price_2").replace("'amount': 800", "'amount': 200");
        var more = """
                'discounts': [{'id': 'di_1', 'object': 'discount', 'coupon': {'id': 'SPRING20', 'name': 'Spring'}}, 'di_2'],
                'total_discount_amounts': [{'amount': 160, 'discount': 'di_1'}, {'amount': 40, 'discount': 'di_2'}],""";
        assertThat(breakdown(invoice("subscription_cycle", 1000, 800, 800, more, line, other)))
                .isEqualTo(expected(
                        InvoiceReason.RENEWAL,
                        200,
                        0,
                        0,
                        PREMIUM.withDiscount(200, Optional.of("SPRING20")),
                        Line.of(List.of("price_2", "prod_1"), 1, 200).withPeriod(START, END)));
    }

    @Test
    void a_coupon_is_named_by_its_source_too_and_one_that_gives_nothing_is_no_discount() {
        var line = LINE.replace(
                "'discount_amounts': []",
                "'discount_amounts': [{'amount': 80, 'discount': {'id': 'di_1', 'source': {'coupon': 'SPRING10'}}}]");
        var none = LINE.replace("'discount_amounts': []", "'discount_amounts': [{'amount': 0, 'discount': 'di_1'}]");
        assertThat(breakdown(invoice("subscription_cycle", 1600, 1520, 1520, "", line, none)))
                .isEqualTo(expected(
                        InvoiceReason.RENEWAL, 80, 0, 0, PREMIUM.withDiscount(80, Optional.of("SPRING10")), PREMIUM));
    }

    @ParameterizedTest
    @CsvSource({
        "800, 0, -2000, -1200, 0,   800",
        "800, 300, -500, 0,    0,   500",
        "800, 800, 0,    0,    0,   0",
        "800, 900, 100,  0,    0,   0",
        "800, 500, 0,    0,    300, 0"
    })
    void the_part_of_the_total_that_is_not_due_is_credit_unless_a_credit_note_reduced_it(
            long total, long due, long before, long after, long creditNotes, long credit) {
        var more = "'starting_balance': %d, 'ending_balance': %d, 'pre_payment_credit_notes_amount': %d,"
                .formatted(before, after, creditNotes);
        var invoice = read(invoice("subscription_cycle", 800, total, due, more, LINE));
        assertThat(invoice.due()).isEqualTo(new Money(due, "USD")).isEqualTo(invoice.paid());
        assertThat(invoice.breakdown()).isEqualTo(expected(InvoiceReason.RENEWAL, 0, 0, credit, PREMIUM));
    }

    @Test
    void billing_credits_are_credit_and_the_discounts_listed_beside_them_are_not() {
        var more = """
                'total_pretax_credit_amounts': [{'type': 'credit_balance_transaction', 'amount': 250}, {'type': 'discount', 'amount': 50}],
                'total_discount_amounts': [{'amount': 50, 'discount': 'di_1'}],""";
        assertThat(breakdown(invoice("subscription_cycle", 800, 500, 500, more, LINE)))
                .isEqualTo(expected(InvoiceReason.RENEWAL, 50, 0, 250, PREMIUM));
    }

    @Test
    void an_upgrade_credits_the_unused_time_and_charges_the_rest_of_the_period() {
        var invoice = read(invoice(
                "subscription_update",
                400,
                400,
                400,
                "",
                prorated("price_1", 1, -400),
                prorated("price_plus", 1, 800)));
        assertThat(invoice.from()).isEqualTo(SWITCH);
        assertThat(invoice.until()).isEqualTo(END);
        assertThat(invoice.breakdown())
                .isEqualTo(expected(
                        InvoiceReason.SWITCH,
                        0,
                        0,
                        0,
                        proratedLine("price_1", 1, -400),
                        proratedLine("price_plus", 1, 800)));
    }

    @Test
    void a_proration_has_a_period_whichever_parent_or_field_names_it() {
        var item = prorated("price_1", 3, 1200);
        var ofSubscription = item.replace("'subscription_item_details': null,", "")
                .replace("invoice_item_details", "subscription_item_details");
        var old = """
                {'type': 'invoiceitem', 'amount': 1200, 'quantity': 3, 'proration': true, 'period': {'start': 1789560000, 'end': 1790856000},
                 'price': {'id': 'price_1', 'product': 'prod_1'}, 'plan': {'id': 'price_1', 'product': 'prod_1'}}""";
        for (var line : List.of(item, ofSubscription, old)) {
            var invoice = read(invoice("subscription_update", 800, 800, 800, "", prorated("price_1", 1, -400), line));
            assertThat(invoice.until()).as(line).isEqualTo(END);
            assertThat(invoice.breakdown())
                    .isEqualTo(expected(
                            InvoiceReason.SWITCH,
                            0,
                            0,
                            0,
                            proratedLine("price_1", 1, -400),
                            proratedLine("price_1", 3, 1200)));
        }
    }

    @Test
    void a_proration_whose_amount_is_already_reduced_names_its_discount_without_an_amount() {
        var charge = prorated("price_plus", 1, 640)
                .replace(
                        "'currency'",
                        "'discounts': [], 'discount_amounts': [{'amount': 0, 'discount': 'di_1'}], 'currency'");
        var credit = prorated("price_1", 1, -320)
                .replace("'currency'", "'discounts': ['di_1'], 'discount_amounts': [], 'currency'");
        var more = "'discounts': [{'id': 'di_1', 'coupon': {'id': 'SPRING20'}}],";
        assertThat(breakdown(invoice("subscription_update", 320, 320, 320, more, credit, charge)))
                .isEqualTo(expected(
                        InvoiceReason.SWITCH,
                        0,
                        0,
                        0,
                        proratedLine("price_1", 1, -320).withDiscount(0, Optional.of("SPRING20")),
                        proratedLine("price_plus", 1, 640).withDiscount(0, Optional.of("SPRING20"))));
    }

    @Test
    void a_downgrade_is_a_credit_and_pays_no_period() {
        var invoice = read(invoice("subscription_update", -400, -400, 0, "", prorated("price_plus", 1, -400)));
        assertThat(invoice.until()).isEmpty();
        assertThat(invoice.breakdown())
                .isEqualTo(expected(InvoiceReason.SWITCH, 0, 0, 0, proratedLine("price_plus", 1, -400)));
    }

    @Test
    void the_amount_of_a_quantity_is_that_of_all_together() {
        var line = LINE.replace("'quantity': 1", "'quantity': 3").replace("'amount': 800", "'amount': 2400");
        assertThat(breakdown(invoice("subscription_cycle", 2400, 2400, 2400, "", line)))
                .isEqualTo(expected(
                        InvoiceReason.RENEWAL,
                        0,
                        0,
                        0,
                        Line.of(List.of("price_1", "prod_1"), 3, 2400).withPeriod(START, END)));
    }

    @Test
    void the_invoice_of_a_trial_has_a_line_of_nothing_and_a_quantity_of_none_has_no_line() {
        var trial = LINE.replace("'amount': 800", "'amount': 0");
        var none = trial.replace("'quantity': 1", "'quantity': 0");
        assertThat(breakdown(invoice("subscription_create", 0, 0, 0, "", trial, none)))
                .isEqualTo(expected(
                        InvoiceReason.FIRST,
                        0,
                        0,
                        0,
                        Line.of(List.of("price_1", "prod_1"), 1, 0).withPeriod(START, END)));
        assertThat(breakdown(invoice("subscription_create", 0, 0, 0, "", none))).isEmpty();
    }

    @Test
    void two_products_are_two_lines_and_a_one_off_item_has_no_period() {
        var report = """
                {'amount': 1000, 'quantity': 1, 'period': {'start': 1788264000, 'end': 1788264000},
                 'parent': {'type': 'invoice_item_details', 'invoice_item_details': {'invoice_item': 'ii_1', 'proration': false, 'subscription': 'sub_1'}},
                 'pricing': {'price_details': {'price': 'price_report', 'product': 'prod_2'}}}""";
        var invoice = read(invoice("subscription_create", 1800, 1800, 1800, "", LINE, report));
        assertThat(invoice.until()).isEqualTo(END);
        assertThat(invoice.breakdown())
                .isEqualTo(expected(
                        InvoiceReason.FIRST, 0, 0, 0, PREMIUM, Line.of(List.of("price_report", "prod_2"), 1, 1000)));
    }

    // spotless:off
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "added to the price, since 2025 | 952 | 'taxes': [{'amount': 152, 'tax_behavior': 'exclusive'}]      | 'total_taxes': [{'amount': 152, 'tax_behavior': 'exclusive'}],",
        "in the price, since 2025       | 800 | 'taxes': [{'amount': 100, 'tax_behavior': 'inclusive'}, {'amount': 52}] | 'total_taxes': [{'amount': 100}, {'amount': 52}],",
        "added to the price, before     | 952 | 'tax_amounts': [{'amount': 152, 'inclusive': false}]         | 'total_tax_amounts': [{'amount': 152, 'inclusive': false}], 'tax': 152,",
        "in the price, before           | 800 | 'taxes': null, 'tax_amounts': [{'amount': 152, 'inclusive': true}] | 'total_taxes': null, 'total_tax_amounts': [], 'tax': 152,"
    })
    // spotless:on
    void tax_is_that_of_the_line_whether_the_price_contains_it_or_not(
            String name, long total, String taxes, String totals) {
        var line = LINE.replace("'taxes': []", taxes.strip());
        assertThat(breakdown(invoice("subscription_cycle", 800, total, total, totals.strip(), line)))
                .isEqualTo(expected(InvoiceReason.RENEWAL, 0, 152, 0, PREMIUM.withTax(152)));
    }

    @Test
    void a_price_has_its_lookup_key_before_its_product() {
        var line = "{'amount': 800, 'subscription': 'sub_1', 'period': {'start': 1788264000, 'end': 1790856000},"
                + " 'price': {'id': 'price_1', 'lookup_key': 'premium', 'nickname': 'x', 'product': {'id': 'prod_1'}}}";
        assertThat(breakdown(invoice("subscription_cycle", 800, 800, 800, "", line)))
                .isEqualTo(expected(
                        InvoiceReason.RENEWAL,
                        0,
                        0,
                        0,
                        Line.of(List.of("price_1", "premium", "prod_1"), 1, 800).withPeriod(START, END)));
    }

    @Test
    void an_invoice_whose_lines_are_not_all_there_has_no_breakdown_unless_they_make_up_the_subtotal() {
        var first = invoice("subscription_cycle", 1600, 1600, 1600, "", LINE)
                .replace("'has_more': false", "'has_more': true");
        assertThat(breakdown(first)).isEmpty();
        assertThat(breakdown(first.replace("'subtotal': 1600", "'subtotal': null")))
                .isEmpty();
        assertThat(breakdown(first.replace("'subtotal': 1600", "'subtotal': 800")))
                .isPresent();
        var many = Collections.nCopies(Breakdown.LINES_MAX + 1, LINE).toArray(String[]::new);
        assertThat(breakdown(invoice("subscription_cycle", 26_400, 26_400, 26_400, "", many)))
                .isEmpty();
        assertThat(breakdown(invoice("subscription_cycle", 800, 800, 800, "", LINE, "{'id': 'il_2', 'quantity': 1}")))
                .isEmpty();
    }

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'amount': 800, 'currency' | 'amount': '800', 'currency'       | INVALID_AMOUNT",
        "'amount': 800, 'currency' | 'amount': 8.5, 'currency'         | WRONG_EXPONENT",
        "'amount': 800, 'currency' | 'amount': -1e30, 'currency'       | INVALID_AMOUNT",
        "'discount_amounts': []    | 'discount_amounts': [{}]          | MISSING_FIELD",
        "'discount_amounts': []    | 'discount_amounts': [{'amount': 'x'}] | INVALID_AMOUNT",
        "'taxes': []               | 'taxes': [{'amount': true}]       | INVALID_AMOUNT",
        "'total': 800              | 'total': '800'                    | INVALID_AMOUNT",
        "'price': 'price_1'        | 'price': 'a b'                    | INVALID_ID"
    })
    // spotless:on
    void an_amount_of_a_line_that_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        var invoice = event("invoice.paid", invoice("subscription_cycle", 800, 800, 800, "", LINE));
        assertThat(invoice).contains(sound.strip());
        assertThat(translated(invoice.replace(sound.strip(), senseless.strip())))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void a_payer_can_write_the_subject_only() {
        assertThat(new StripeGateway().payerWords()).containsExactly(Word.SUBJECT);
    }
}
