package ipn.app.chain;

import static ipn.app.chain.Edits.all;
import static ipn.app.chain.Edits.inDocument;
import static ipn.app.chain.Edits.replace;
import static ipn.app.chain.Edits.set;
import static ipn.app.chain.Edits.variable;

import ipn.avro.DiscrepancyKind;
import ipn.simulator.Draft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Words that a payer wrote beside an SKU of the merchant. The word of the same product grants, and that of another one does not, at
 * every gateway whose purchases have both: Adyen and Coinbase report no SKU; Apple and Google Play have no word for the product.
 */
class WordAttacksTest {
    /** Where only the merchant writes the product unless a checkout of the merchant's own passes on what the payer wrote. */
    private static final Map<String, String> TRUSTED_WORDS = Map.of(
            "stripe/main trusted-words", "[sku]",
            "square/main trusted-words", "[sku]",
            "mollie/main trusted-words", "[sku]",
            "braintree/main trusted-words", "[sku]",
            "standard-webhooks/main trusted-words", "[sku]",
            "paypal-ipn/stored-buttons trusted-words", "[sku]");

    @TempDir
    private static Path folder;

    private static AttackedShop shop;

    private final Buyer buyer = shop.newBuyer();

    @BeforeAll
    static void open() throws IOException {
        shop = AttackedShop.open(folder, TRUSTED_WORDS);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /**
     * A purchase that names a product in a field that the payer can write, and an SKU in one that the payer cannot write.
     *
     * @param before an event that comes first; empty if none does
     * @param sells writes the SKU
     */
    private record Sale(
            String account,
            String what,
            Optional<Step> before,
            String event,
            Function<String, UnaryOperator<Draft>> sells) {
        private record Step(String event, UnaryOperator<Draft> edit) {}

        private Sale(String account, String what, String event, Function<String, UnaryOperator<Draft>> sells) {
            this(account, what, Optional.empty(), event, sells);
        }

        @Override
        public String toString() {
            return account + ": " + what;
        }
    }

    static Stream<Sale> sales() {
        return Stream.of(
                new Sale("paddle/main", "renewal", "transaction.completed.subscription", WordAttacksTest::paddleLine),
                new Sale("paddle/main", "purchase", "transaction.completed", WordAttacksTest::paddleLine),
                new Sale("shopify/main", "order", "orders/paid", WordAttacksTest::shopifyLine),
                new Sale("shopify/main", "renewal", "orders/paid.renewal", WordAttacksTest::shopifyLine),
                new Sale(
                        "shopify/main",
                        "order of a variant that was deleted since",
                        "orders/paid",
                        id -> shopifyLine("null", id, "''")),
                new Sale(
                        "razorpay/main",
                        "renewal",
                        "subscription.charged",
                        sku -> set("/payload/subscription/entity/plan_id", sku)),
                new Sale(
                        "stripe/main",
                        "renewal",
                        "invoice.paid",
                        sku -> set(
                                "/data/object/lines/data/0/pricing",
                                "{type: price_details, price_details: {price: %s}}".formatted(sku))),
                new Sale(
                        "square/main",
                        "renewal",
                        Optional.of(new Sale.Step(
                                "payment.updated.invoice", set("/data/object/payment/note", "product=premium"))),
                        "invoice.payment_made",
                        sku -> set("/data/object/invoice/title", sku)),
                new Sale("mollie/main", "purchase", "payment.paid", sku -> inDocument("payments", "/description", sku)),
                new Sale(
                        "mollie/main",
                        "renewal",
                        "payment.paid.subscription",
                        sku -> inDocument("payments", "/description", sku)),
                new Sale(
                        "mollie/main",
                        "purchase with lines",
                        "payment.paid",
                        sku -> inDocument(
                                "payments",
                                "/lines",
                                "[{sku: %s, quantity: 1, totalAmount: {value: '8.00', currency: USD}}]"
                                        .formatted(sku))),
                new Sale(
                        "braintree/main",
                        "renewal",
                        "subscription_charged_successfully",
                        sku -> replace("<plan-id>premium</plan-id>", "<plan-id>" + sku + "</plan-id>")),
                new Sale("standard-webhooks/main", "purchase", "payment.succeeded", sku -> set("/data/sku", sku)),
                new Sale(
                        "paypal-ipn/stored-buttons",
                        "renewal",
                        "subscr_payment",
                        sku -> all(variable("item_number", sku), variable("product", "premium"))));
    }

    private static UnaryOperator<Draft> paddleLine(String sku) {
        return all(
                set("/data/items", "[{price: {id: %s}, quantity: 1}]".formatted(sku)),
                set(
                        "/data/details/line_items",
                        ("[{price_id: %s, quantity: 1, proration: null, product: {id: pro_1},"
                                        + " totals: {subtotal: '800', discount: '0', tax: '0', total: '800'}}]")
                                .formatted(sku)));
    }

    private static UnaryOperator<Draft> shopifyLine(String sku) {
        return shopifyLine("2", "3", sku);
    }

    private static UnaryOperator<Draft> shopifyLine(String variant, String product, String sku) {
        var price = "{presentment_money: {amount: '8.00', currency_code: USD}}";
        return set(
                "/line_items",
                "[{id: 1, variant_id: %s, product_id: %s, sku: %s, quantity: 1, price: '8.00', price_set: %s}]"
                        .formatted(variant, product, sku, price));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sales")
    void an_sku_that_the_word_agrees_with_grants(Sale sale) {
        sell(sale, "premium");

        buyer.assertGranted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sales")
    void a_word_of_the_payer_makes_nothing_else_of_another_sku(Sale sale) {
        sell(sale, AttackedShop.T_SHIRT);

        buyer.assertMismatch(DiscrepancyKind.UNKNOWN_PRODUCT);
    }

    private void sell(Sale sale, String sku) {
        var gateway = sale.account().substring(0, sale.account().indexOf('/'));
        var sample = buyer.month(gateway, "premium");
        sale.before().ifPresent(step -> buyer.deliver(sale.account(), step.event(), sample, step.edit()));
        buyer.deliver(sale.account(), sale.event(), sample, sale.sells().apply(sku));
    }
}
