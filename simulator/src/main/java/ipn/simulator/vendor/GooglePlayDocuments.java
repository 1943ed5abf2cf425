package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.fact.Fact.ReferenceName;
import ipn.simulator.Sample;
import ipn.simulator.template.Decimals;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;

/** Documents of the Android Publisher API for a license tester: {@code subscriptionsv2}, {@code productsv2}, {@code orders}. */
record GooglePlayDocuments(TemplateValues values) {
    private static final JsonTemplate SUBSCRIPTION = JsonTemplate.load("google-play/subscription.json");
    private static final JsonTemplate PRODUCT = JsonTemplate.load("google-play/product.json");
    private static final JsonTemplate ORDER = JsonTemplate.load("google-play/order.json");
    private static final JsonTemplate ORDER_EVENT = JsonTemplate.load("google-play/order-event.json");
    private static final JsonTemplate REFUND_EVENT = JsonTemplate.load("google-play/refund-event.json");
    private static final JsonTemplate SUBSCRIPTION_DETAILS = JsonTemplate.load("google-play/subscription-details.json");
    private static final JsonTemplate PURCHASE_DETAILS = JsonTemplate.load("google-play/purchase-details.json");
    private static final JsonTemplate MONEY = JsonTemplate.load("google-play/money.json");

    private static final String EXPIRED = "SUBSCRIPTION_STATE_EXPIRED";
    private static final Set<String> NOT_RENEWING = Set.of("SUBSCRIPTION_STATE_CANCELED", EXPIRED);
    private static final String CHARGEBACK = "CHARGEBACK";
    private static final int NANO_DIGITS = 9;

    static String productId(Sample sample) {
        return sample.reference(ReferenceName.PRODUCT).orElse("premium");
    }

    ObjectNode subscription(String state) {
        var until = values.sample().period().until();
        return SUBSCRIPTION.fill(product()
                .with("start", start().toString())
                .with("state", state)
                .with(
                        "expiry",
                        (state.equals(EXPIRED) ? earlier(until, values.sample().at()) : until).toString())
                .with("renews", !NOT_RENEWING.contains(state)));
    }

    ObjectNode product(String state) {
        return PRODUCT.fill(product().with("state", state));
    }

    /** @param state as an order has it, or CHARGEBACK: refunded for that reason */
    ObjectNode order(String state, String purchaseToken, boolean subscription) {
        var refunded = state.equals("REFUNDED") || state.equals(CHARGEBACK);
        var canceled = state.equals("CANCELED");
        var created = subscription ? start() : values.sample().at();
        var changed = state.equals("PROCESSED") ? created : values.sample().at();
        return ORDER.fill(product()
                .with("token", purchaseToken)
                .with("state", refunded ? "REFUNDED" : state)
                .with("created", created.toString())
                .with("changed", changed.toString())
                .withIf(canceled, "cancellation", () -> event(changed))
                .withIf(!canceled, "processing", () -> event(created))
                .withIf(refunded, "refund", () -> refund(state, changed))
                .withIf(subscription, "subscription_details", () -> SUBSCRIPTION_DETAILS.fill(values))
                .withIf(!subscription, "purchase_details", () -> PURCHASE_DETAILS.fill(values))
                .with("total", money()));
    }

    private TemplateValues product() {
        return values.with("product_id", productId(values.sample()));
    }

    private ObjectNode event(Instant time) {
        return ORDER_EVENT.fill(values.with("time", time.toString()));
    }

    private ObjectNode refund(String state, Instant time) {
        return REFUND_EVENT.fill(values.with("time", time.toString())
                .with("total", money())
                .with("reason", state.equals(CHARGEBACK) ? state : "OTHER"));
    }

    private Instant start() {
        return earlier(values.sample().period().from(), values.sample().at());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** {@code google.type.Money}: whole units as text, and billionths. */
    private ObjectNode money() {
        var parts = Decimals.of(values.sample().amount()).divideAndRemainder(BigDecimal.ONE);
        return MONEY.fill(values.with("units", parts[0].toBigInteger().toString())
                .with("nanos", parts[1].movePointRight(NANO_DIGITS).intValueExact()));
    }
}
