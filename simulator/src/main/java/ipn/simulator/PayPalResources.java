package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.fact.Fact.ReferenceName;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What PayPal's events are about. */
record PayPalResources(Sample sample) {
    private static final Map<ReferenceName, String> PACKED = Map.of(
            ReferenceName.SUBJECT, "user_id",
            ReferenceName.PRODUCT, "product",
            ReferenceName.REFERENCE, "reference");

    static final Set<String> TYPES = new TreeSet<>(List.of(
            "CHECKOUT.ORDER.APPROVED",
            "PAYMENT.CAPTURE.PENDING",
            "PAYMENT.CAPTURE.COMPLETED",
            "PAYMENT.CAPTURE.DENIED",
            "PAYMENT.CAPTURE.REFUNDED",
            "PAYMENT.CAPTURE.REVERSED",
            "CUSTOMER.DISPUTE.CREATED",
            "CUSTOMER.DISPUTE.RESOLVED.seller",
            "CUSTOMER.DISPUTE.RESOLVED.buyer",
            "PAYMENT.SALE.COMPLETED",
            "PAYMENT.SALE.REFUNDED",
            "BILLING.SUBSCRIPTION.ACTIVATED",
            "BILLING.SUBSCRIPTION.PAYMENT.FAILED",
            "BILLING.SUBSCRIPTION.SUSPENDED",
            "BILLING.SUBSCRIPTION.CANCELLED",
            "BILLING.SUBSCRIPTION.EXPIRED"));

    private static final Map<String, String> STATUS = Map.of(
            "BILLING.SUBSCRIPTION.SUSPENDED", "SUSPENDED",
            "BILLING.SUBSCRIPTION.CANCELLED", "CANCELLED",
            "BILLING.SUBSCRIPTION.EXPIRED", "EXPIRED");

    /** As PayPal calls it: what follows in small letters only says which of several. */
    static String type(String event) {
        return event.replaceFirst("\\.[a-z]+$", "");
    }

    Map<String, @Nullable Object> resource(String event) {
        var family = Stream.of(event.split("\\.", 3)).limit(2).collect(Collectors.joining("."));
        return switch (family) {
            case "CHECKOUT.ORDER" -> order();
            case "CUSTOMER.DISPUTE" -> dispute(event);
            case "BILLING.SUBSCRIPTION" -> subscription(event);
            case "PAYMENT.SALE" -> event.endsWith("REFUNDED") ? saleRefund() : sale();
            default -> event.endsWith("REFUNDED") || event.endsWith("REVERSED") ? refund() : capture();
        };
    }

    private Map<String, @Nullable Object> order() {
        var unit = Json.object("amount", value());
        words(unit, "custom_id", "invoice_id");
        return Json.object("id", sample.ids().bill(), "status", "APPROVED", "purchase_units", List.of(unit));
    }

    private Map<String, @Nullable Object> capture() {
        var capture = Json.object("id", sample.ids().payment(), "amount", value(), "final_capture", true);
        words(capture, "custom_id", "invoice_id");
        return capture;
    }

    private Map<String, @Nullable Object> refund() {
        var up = Json.object(
                "rel",
                "up",
                "href",
                "https://api.sandbox.paypal.com/v2/payments/captures/"
                        + sample.ids().payment());
        return Json.object(
                "id", "R" + sample.ids().event(), "amount", value(), "status", "COMPLETED", "links", List.of(up));
    }

    private Map<String, @Nullable Object> dispute(String event) {
        var dispute = Json.object(
                "dispute_id",
                "PP-R-" + sample.ids().payment(),
                "disputed_transactions",
                List.of(Json.object("seller_transaction_id", sample.ids().payment(), "gross_amount", value())),
                "reason",
                "UNAUTHORISED",
                "dispute_life_cycle_stage",
                "CHARGEBACK",
                "dispute_amount",
                value());
        if (!event.endsWith("CREATED")) {
            var outcome = event.endsWith(".buyer") ? "RESOLVED_BUYER_FAVOUR" : "RESOLVED_SELLER_FAVOUR";
            dispute.put("status", "RESOLVED");
            dispute.put("dispute_outcome", Map.of("outcome_code", outcome));
        }
        return dispute;
    }

    private Map<String, @Nullable Object> sale() {
        var sale = Json.object(
                "id", sample.ids().payment(),
                "state", "completed",
                "amount", total(),
                "billing_agreement_id", sample.ids().subscription(),
                "create_time", sample.period().from().toString());
        words(sale, "custom", "invoice_number");
        return sale;
    }

    private Map<String, @Nullable Object> saleRefund() {
        return Json.object(
                "id",
                "R" + sample.ids().event(),
                "sale_id",
                sample.ids().payment(),
                "state",
                "completed",
                "amount",
                total());
    }

    private Map<String, @Nullable Object> subscription(String event) {
        var subscription = Json.object(
                "id", sample.ids().subscription(),
                "plan_id", "P-TEST",
                "status", STATUS.getOrDefault(event, "ACTIVE"),
                "billing_info",
                        Json.object(
                                "last_payment", Json.object("amount", value()),
                                "failed_payments_count", event.endsWith("FAILED") ? 1 : 0,
                                "next_billing_time", sample.period().until().toString()));
        words(subscription, "custom_id", "invoice_id");
        return subscription;
    }

    /** PayPal has room for an order and for one more text, so the other words share that. */
    private void words(Map<String, @Nullable Object> resource, String custom, String invoice) {
        var packed = PACKED.entrySet().stream()
                .flatMap(word -> sample.says(word.getKey()).stream()
                        .map(value -> word.getValue() + "=" + URLEncoder.encode(value, UTF_8)))
                .sorted()
                .collect(Collectors.joining("&"));
        if (!packed.isEmpty()) {
            resource.put(custom, packed);
        }
        sample.says(ReferenceName.ORDER).ifPresent(order -> resource.put(invoice, order));
    }

    private Map<String, @Nullable Object> value() {
        return Json.object("currency_code", sample.amount().currency(), "value", decimal());
    }

    private Map<String, @Nullable Object> total() {
        return Json.object("total", decimal(), "currency", sample.amount().currency());
    }

    private String decimal() {
        var digits = Currency.getInstance(sample.amount().currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(sample.amount().minorUnits(), digits).toPlainString();
    }
}
