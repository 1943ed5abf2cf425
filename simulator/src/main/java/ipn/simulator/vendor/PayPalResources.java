package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.Metadata;
import ipn.simulator.template.TemplateValues;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The resources in PayPal's events. */
final class PayPalResources {
    private static final JsonTemplate ORDER = JsonTemplate.load("paypal/order.json");
    private static final JsonTemplate CAPTURE = JsonTemplate.load("paypal/capture.json");
    private static final JsonTemplate REFUND = JsonTemplate.load("paypal/refund.json");
    private static final JsonTemplate DISPUTE = JsonTemplate.load("paypal/dispute.json");
    private static final JsonTemplate OUTCOME = JsonTemplate.load("paypal/dispute-outcome.json");
    private static final JsonTemplate SALE = JsonTemplate.load("paypal/sale.json");
    private static final JsonTemplate SALE_REFUND = JsonTemplate.load("paypal/sale-refund.json");
    private static final JsonTemplate SUBSCRIPTION = JsonTemplate.load("paypal/subscription.json");

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

    private PayPalResources() {}

    /** PayPal's event type, without the suffix in small letters that distinguishes variants of it. */
    static String type(String event) {
        return event.replaceFirst("\\.[a-z]+$", "");
    }

    static ObjectNode resource(TemplateValues values, String event) {
        var family = Stream.of(event.split("\\.", 3)).limit(2).collect(Collectors.joining("."));
        return switch (family) {
            case "CHECKOUT.ORDER" -> ORDER.fill(withCustom(values));
            case "CUSTOMER.DISPUTE" -> dispute(values, event);
            case "BILLING.SUBSCRIPTION" -> subscription(values, event);
            case "PAYMENT.SALE" ->
                event.endsWith("REFUNDED") ? SALE_REFUND.fill(values) : SALE.fill(withCustom(values));
            default ->
                event.endsWith("REFUNDED") || event.endsWith("REVERSED")
                        ? REFUND.fill(values)
                        : CAPTURE.fill(withCustom(values));
        };
    }

    private static ObjectNode dispute(TemplateValues values, String event) {
        var resolved = !event.endsWith("CREATED");
        var code = event.endsWith(".buyer") ? "RESOLVED_BUYER_FAVOUR" : "RESOLVED_SELLER_FAVOUR";
        var outcome = OUTCOME.fill(values.with("code", code));
        return DISPUTE.fill(
                values.withIf(resolved, "status", () -> "RESOLVED").withIf(resolved, "outcome", () -> outcome));
    }

    private static ObjectNode subscription(TemplateValues values, String event) {
        return SUBSCRIPTION.fill(withCustom(values)
                .with("status", STATUS.getOrDefault(event, "ACTIVE"))
                .with("failed_payments", event.endsWith("FAILED") ? 1 : 0));
    }

    /** PayPal has one member for the order and one for the merchant's use, so the other references are packed into that. */
    private static TemplateValues withCustom(TemplateValues values) {
        var packed = Metadata.of(values.sample()).entrySet().stream()
                .filter(reference -> !reference.getKey().equals(Metadata.ORDER))
                .map(reference -> reference.getKey() + "=" + URLEncoder.encode(reference.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return values.withIf(!packed.isEmpty(), "custom", () -> packed);
    }
}
