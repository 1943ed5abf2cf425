package ipn.gateway.paddle;

import static ipn.gateway.paddle.PaddleSays.event;
import static ipn.gateway.paddle.PaddleSays.facts;
import static ipn.gateway.paddle.PaddleSays.translated;
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

/** The lines of a transaction, and how Paddle calculated its total from them. */
class PaddleLinesTest {
    private static final Optional<Instant> START = Optional.of(Instant.parse("2026-09-01T12:00:00Z"));
    private static final Optional<Instant> SWITCH = Optional.of(Instant.parse("2026-09-16T12:00:00Z"));
    private static final Optional<Instant> END = Optional.of(Instant.parse("2026-10-01T12:00:00Z"));
    private static final String MONTHLY = "{'interval': 'month', 'frequency': 1}";
    private static final String PREMIUM = item("pri_1", "pro_1", MONTHLY, 800, 1);
    private static final String REPORT = item("pri_2", "pro_2", "null", 1000, 1);

    private static String item(String price, String product, String cycle, long amount, long quantity) {
        return """
                {'price': {'id': '%s', 'product_id': '%s', 'billing_cycle': %s, 'unit_price': {'amount': '%d', 'currency_code': 'USD'}},
                 'quantity': %d, 'proration': null}""".formatted(price, product, cycle, amount, quantity);
    }

    private static String line(String price, long quantity, long subtotal, long discount, long tax, String more) {
        return """
                {'id': 'txnitm_%s', 'price_id': '%s', 'quantity': %d, 'tax_rate': '0.08', %s,
                 'totals': {'subtotal': '%d', 'discount': '%d', 'tax': '%d', 'total': '%d'}}""".formatted(price, price, quantity, more, subtotal, discount, tax, subtotal - discount + tax);
    }

    private static String line(String price, long quantity, long subtotal) {
        return line(price, quantity, subtotal, 0, 0, "'proration': null");
    }

    private static String prorated(String price, long quantity, long subtotal) {
        return line(
                price,
                quantity,
                subtotal,
                0,
                0,
                "'proration': {'rate': '0.5', 'billing_period': {'starts_at': '2026-09-16T12:00:00Z', 'ends_at': '2026-10-01T12:00:00Z'}}");
    }

    private static String totals(long subtotal, long discount, long tax, long credit) {
        var total = subtotal - discount + tax;
        return """
                'totals': {'subtotal': '%d', 'discount': '%d', 'tax': '%d', 'total': '%d', 'credit': '%d', 'credit_to_balance': '%d',
                 'grand_total': '%d', 'fee': null, 'currency_code': 'USD'}""".formatted(subtotal, discount, tax, total, credit, Math.max(0, -total), Math.max(0, total - credit));
    }

    private static String transaction(String origin, String totals, List<String> items, String... lines) {
        return """
                {'id': 'txn_1', 'status': 'completed', 'origin': '%s', 'currency_code': 'USD', 'custom_data': null, 'discount_id': 'dsc_1',
                 'items': [%s], 'details': {%s, 'line_items': [%s]}, 'payments': [], 'subscription_id': 'sub_1',
                 'billing_period': {'starts_at': '2026-09-01T12:00:00Z', 'ends_at': '2026-10-01T12:00:00Z'}}""".formatted(origin, String.join(", ", items), totals, String.join(", ", lines));
    }

    private static String oneOff(String transaction) {
        return transaction
                .replace("'subscription_id': 'sub_1'", "'subscription_id': null")
                .replaceFirst("'billing_period': \\{[^}]*}}$", "'billing_period': null}");
    }

    private static Optional<Fact.Invoice> invoice(String type, String transaction) {
        return facts(type, transaction).stream()
                .filter(Fact.Invoice.class::isInstance)
                .map(Fact.Invoice.class::cast)
                .findFirst();
    }

    private static Optional<Breakdown> breakdown(String transaction) {
        return invoice("transaction.completed", transaction).flatMap(Fact.Invoice::breakdown);
    }

    private static Optional<Breakdown> expected(
            InvoiceReason reason, long discount, long tax, long credit, Line... lines) {
        return Optional.of(new Breakdown(reason, discount, tax, credit, List.of(lines)));
    }

    private static Line premium(long quantity, long amount) {
        return Line.of(names("pri_1", "pro_1"), quantity, amount).withPeriod(START, END);
    }

    /** The last name is that of the item, which adjustments name. */
    private static List<String> names(String price, String product) {
        return List.of(price, product, "txnitm_" + price);
    }

    @ParameterizedTest
    @CsvSource({
        "web, FIRST",
        "api, FIRST",
        "subscription_recurring, RENEWAL",
        "subscription_update, SWITCH",
        "subscription_charge, MANUAL",
        "subscription_payment_method_change, OTHER"
    })
    void the_origin_is_the_reason(String origin, InvoiceReason reason) {
        assertThat(breakdown(transaction(origin, totals(800, 0, 0, 0), List.of(PREMIUM), line("pri_1", 1, 800))))
                .isEqualTo(expected(reason, 0, 0, 0, premium(1, 800)));
    }

    @Test
    void two_products_are_two_lines_and_what_is_bought_once_has_no_period() {
        var items = List.of(PREMIUM, REPORT);
        assertThat(breakdown(transaction(
                        "web", totals(1800, 0, 0, 0), items, line("pri_1", 1, 800), line("pri_2", 1, 1000))))
                .isEqualTo(expected(
                        InvoiceReason.FIRST, 0, 0, 0, premium(1, 800), Line.of(names("pri_2", "pro_2"), 1, 1000)));
        assertThat(breakdown(transaction("web", totals(1800, 0, 0, 0), items)))
                .isEqualTo(expected(
                        InvoiceReason.FIRST,
                        0,
                        0,
                        0,
                        Line.of(List.of("pri_1", "pro_1"), 1, 800).withPeriod(START, END),
                        Line.of(List.of("pri_2", "pro_2"), 1, 1000)));
    }

    @Test
    void a_purchase_without_subscription_is_an_invoice_once_it_is_paid() {
        var purchase = oneOff(transaction(
                "web",
                totals(2800, 0, 0, 0),
                List.of(REPORT, PREMIUM.replace(MONTHLY, "null")),
                line("pri_2", 2, 2000),
                line("pri_1", 1, 800)));
        assertThat(invoice("transaction.completed", purchase))
                .contains(new Fact.Invoice(
                                "txn_1",
                                Fact.InvoiceStatus.PAID,
                                Optional.empty(),
                                new Money(2800, "USD"),
                                new Money(2800, "USD"),
                                Optional.empty(),
                                Optional.empty())
                        .with(expected(
                                        InvoiceReason.MANUAL,
                                        0,
                                        0,
                                        0,
                                        Line.of(names("pri_2", "pro_2"), 2, 2000),
                                        Line.of(names("pri_1", "pro_1"), 1, 800))
                                .orElseThrow()));
        assertThat(invoice("transaction.ready", purchase)).isEmpty();
        assertThat(invoice("transaction.past_due", purchase)).isEmpty();
    }

    @Test
    void a_line_has_its_share_of_the_discount_and_its_tax() {
        var items = List.of(PREMIUM, REPORT);
        assertThat(breakdown(transaction(
                        "web",
                        totals(1800, 160, 131, 0),
                        items,
                        line("pri_1", 1, 800, 160, 51, "'proration': null"),
                        line("pri_2", 1, 1000, 0, 80, "'proration': null"))))
                .isEqualTo(expected(
                        InvoiceReason.FIRST,
                        160,
                        131,
                        0,
                        premium(1, 800).withDiscount(160, Optional.of("dsc_1")).withTax(51),
                        Line.of(names("pri_2", "pro_2"), 1, 1000).withTax(80)));
    }

    @Test
    void a_discount_of_100_percent_leaves_the_line_at_its_price() {
        var free = transaction(
                "web", totals(800, 800, 0, 0), List.of(PREMIUM), line("pri_1", 1, 800, 800, 0, "'proration': null"));
        assertThat(invoice("transaction.completed", free)).get().satisfies(invoice -> {
            assertThat(invoice.due()).isEqualTo(new Money(0, "USD")).isEqualTo(invoice.paid());
            assertThat(invoice.breakdown())
                    .isEqualTo(expected(
                            InvoiceReason.FIRST, 800, 0, 0, premium(1, 800).withDiscount(800, Optional.of("dsc_1"))));
        });
    }

    @ParameterizedTest
    @CsvSource({
        // subtotal, discount, tax, rate, quantity: the line's amount and discount
        "672,  0,   128, 0.19,  1, 800,  0",
        "672,  67,  115, 0.19,  1, 800,  80",
        "672,  672, 0,   0.19,  1, 800,  800",
        "2017, 0,   383, 0.19,  3, 2400, 0",
        "800,  0,   64,  0.08,  1, 800,  0",
        "800,  80,  58,  0.08,  1, 800,  80",
        "800,  0,   0,   0,     1, 800,  0",
        "600,  0,   114, 0.19,  1, 600,  0",
        "672,  0,   128, x,     1, 672,  0"
    })
    void a_lines_amount_contains_tax_if_its_price_does(
            long subtotal, long discount, long tax, String rate, long quantity, long amount, long share) {
        var line = line("pri_1", quantity, subtotal, discount, tax, "'proration': null")
                .replace("0.08", rate);
        var sold = premium(quantity, amount).withTax(tax);
        assertThat(breakdown(transaction(
                        "subscription_recurring", totals(subtotal, discount, tax, 0), List.of(PREMIUM), line)))
                .isEqualTo(expected(
                        InvoiceReason.RENEWAL,
                        share,
                        tax,
                        0,
                        share > 0 ? sold.withDiscount(share, Optional.of("dsc_1")) : sold));
    }

    @ParameterizedTest
    @CsvSource({"500, 364", "864, 0"})
    void the_part_that_the_balance_paid_is_credit(long credit, long due) {
        var renewal = transaction(
                "subscription_recurring",
                totals(800, 0, 64, credit),
                List.of(PREMIUM),
                line("pri_1", 1, 800, 0, 64, "'proration': null"));
        assertThat(invoice("transaction.completed", renewal)).get().satisfies(invoice -> {
            assertThat(invoice.due()).isEqualTo(new Money(due, "USD")).isEqualTo(invoice.paid());
            assertThat(invoice.breakdown())
                    .isEqualTo(expected(
                            InvoiceReason.RENEWAL,
                            0,
                            64,
                            credit,
                            premium(1, 800).withTax(64)));
        });
    }

    @Test
    void an_upgrade_credits_the_unused_time_and_pays_until_the_end_of_the_charged_time() {
        var plus = item("pri_plus", "pro_1", MONTHLY, 1600, 1);
        var upgrade = transaction(
                        "subscription_update",
                        totals(400, 0, 0, 0),
                        List.of(PREMIUM.replace("'quantity': 1", "'quantity': -1"), plus),
                        prorated("pri_1", -1, -400),
                        prorated("pri_plus", 1, 800))
                .replaceFirst("'billing_period': \\{[^}]*}}$", "'billing_period': null}");
        assertThat(invoice("transaction.completed", upgrade)).get().satisfies(invoice -> {
            assertThat(invoice.from()).isEqualTo(SWITCH);
            assertThat(invoice.until()).isEqualTo(END);
            assertThat(invoice.breakdown())
                    .isEqualTo(expected(
                            InvoiceReason.SWITCH,
                            0,
                            0,
                            0,
                            Line.of(names("pri_1", "pro_1"), 1, -400)
                                    .prorated(true)
                                    .withPeriod(SWITCH, END),
                            Line.of(names("pri_plus", "pro_1"), 1, 800)
                                    .prorated(true)
                                    .withPeriod(SWITCH, END)));
        });
    }

    @Test
    void a_downgrade_is_a_credit_and_pays_for_nothing() {
        var downgrade = transaction(
                        "subscription_update", totals(-400, 0, -32, 0), List.of(PREMIUM), prorated("pri_1", -1, -400))
                .replaceFirst("'billing_period': \\{[^}]*}}$", "'billing_period': null}");
        assertThat(invoice("transaction.completed", downgrade)).get().satisfies(invoice -> {
            assertThat(invoice.until()).isEmpty();
            assertThat(invoice.breakdown())
                    .isEqualTo(expected(
                            InvoiceReason.SWITCH,
                            0,
                            0,
                            0,
                            Line.of(names("pri_1", "pro_1"), 1, -400)
                                    .prorated(true)
                                    .withPeriod(SWITCH, END)));
        });
    }

    @Test
    void a_quantity_counts_in_one_line_and_a_trial_is_a_line_of_nothing() {
        assertThat(breakdown(transaction(
                        "subscription_recurring", totals(2400, 0, 0, 0), List.of(PREMIUM), line("pri_1", 3, 2400))))
                .isEqualTo(expected(InvoiceReason.RENEWAL, 0, 0, 0, premium(3, 2400)));
        assertThat(breakdown(transaction(
                        "web", totals(0, 0, 0, 0), List.of(PREMIUM), line("pri_1", 1, 0), line("pri_1", 0, 0))))
                .isEqualTo(expected(InvoiceReason.FIRST, 0, 0, 0, premium(1, 0)));
    }

    @Test
    void lines_that_are_not_all_there_are_no_breakdown() {
        var unfinished = line("pri_1", 1, 800).replace("'subtotal'", "'x'");
        assertThat(breakdown(transaction("web", totals(800, 0, 0, 0), List.of(PREMIUM), unfinished)))
                .isEmpty();
        var many = Collections.nCopies(Breakdown.LINES_MAX + 1, line("pri_1", 1, 1))
                .toArray(String[]::new);
        assertThat(breakdown(transaction("web", totals(33, 0, 0, 0), List.of(PREMIUM), many)))
                .isEmpty();
        // prices alone: another subtotal, or a discount and a tax that cannot be divided
        for (var totals : List.of(totals(900, 0, 0, 0), totals(800, 80, 0, 0), totals(800, 0, 64, 0))) {
            assertThat(breakdown(transaction("web", totals, List.of(PREMIUM)))).isEmpty();
        }
    }

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'totals': {'subtotal': '800', 'discount': '0', 'tax': '0', 'total': '800'} | 'totals': {'subtotal': 800}         | INVALID_AMOUNT",
        "'totals': {'subtotal': '800', 'discount': '0', 'tax': '0', 'total': '800'} | 'totals': {'subtotal': '--8'}       | INVALID_AMOUNT",
        "'totals': {'subtotal': '800', 'discount': '0', 'tax': '0', 'total': '800'} | 'totals': {'subtotal': '8', 'tax': 'x'} | INVALID_AMOUNT",
        "'credit': '0'             | 'credit': '8.00'      | INVALID_AMOUNT",
        "'price_id': 'pri_1'       | 'price_id': 'a b'     | INVALID_ID"
    })
    // spotless:on
    void an_amount_of_a_line_that_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        var sent = event(
                "transaction.completed",
                transaction("web", totals(800, 0, 0, 0), List.of(PREMIUM), line("pri_1", 1, 800)));
        assertThat(sent).contains(sound.strip());
        assertThat(translated(sent.replace(sound.strip(), senseless.strip())))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void a_payer_can_write_what_custom_data_says_but_no_price() {
        assertThat(new PaddleGateway().payerWords())
                .containsExactlyInAnyOrder(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE);
    }
}
