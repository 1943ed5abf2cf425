package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.fact.Fact.ReferenceName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Shopify: orders, their transactions, refunds, disputes and subscription contracts. */
public final class ShopifySimulator implements SimulatedGateway {
    /** Topic to its body. A last word after a dot tells variants of one topic apart. */
    private static final Map<String, Function<Sample, Map<String, ?>>> BODIES = bodies();

    private static Map<String, Function<Sample, Map<String, ?>>> bodies() {
        var bodies = new TreeMap<String, Function<Sample, Map<String, ?>>>();
        // spotless:off
        bodies.put("orders/create",                         s -> order(s, "pending", false));
        bodies.put("orders/paid",                           s -> order(s, "paid", false));
        bodies.put("orders/paid.renewal",                   s -> order(s, "paid", true));
        bodies.put("orders/cancelled",                      s -> order(s, "voided", false));
        bodies.put("order_transactions/create",             s -> transaction(s, "sale", "success"));
        bodies.put("order_transactions/create.failure",     s -> transaction(s, "sale", "failure"));
        bodies.put("refunds/create",                        ShopifySimulator::refund);
        bodies.put("disputes/create",                       s -> dispute(s, "needs_response"));
        bodies.put("disputes/update.won",                   s -> dispute(s, "won"));
        bodies.put("disputes/update.lost",                  s -> dispute(s, "lost"));
        bodies.put("subscription_contracts/create",         s -> contract(s, "active"));
        bodies.put("subscription_contracts/cancel",         s -> contract(s, "cancelled"));
        bodies.put("subscription_billing_attempts/success", s -> attempt(s, null));
        bodies.put("subscription_billing_attempts/failure", s -> attempt(s, "payment_method_declined"));
        // spotless:on
        return bodies;
    }

    @Override
    public String name() {
        return "shopify";
    }

    @Override
    public Set<String> events() {
        return BODIES.keySet();
    }

    /** Shopify's ids are numbers. */
    @Override
    public Ids ids(String token) {
        var checksum = new CRC32();
        checksum.update(token.getBytes(UTF_8));
        var number = Long.toString(checksum.getValue());
        return new Ids("wh-" + token, "55" + number, "56" + number, "14" + number);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var body = BODIES.getOrDefault(event, s -> Map.of()).apply(sample);
        return new Draft("application/json", sample.ids().event(), Json.compact(body))
                .withHeader("X-Shopify-Topic", event.replaceFirst("\\..*", ""))
                .withHeader("X-Shopify-Shop-Domain", sender.says("shop"))
                .withHeader("X-Shopify-Webhook-Id", sample.ids().event())
                .withHeader("X-Shopify-Triggered-At", sample.at().toString())
                .withHeader("X-Shopify-API-Version", "2026-07");
    }

    private static Map<String, ?> order(Sample sample, String status, boolean renewal) {
        var money = Map.of(
                "amount", decimal(sample), "currency_code", sample.amount().currency());
        return Json.object(
                "id", sample.ids().payment(),
                "admin_graphql_api_id", "gid://shopify/Order/" + sample.ids().payment(),
                "currency", sample.amount().currency(),
                "presentment_currency", sample.amount().currency(),
                "financial_status", status,
                "total_price", decimal(sample),
                "total_price_set", Map.of("shop_money", money, "presentment_money", money),
                "cancelled_at", status.equals("voided") ? sample.at().toString() : null,
                "cancel_reason", status.equals("voided") ? "customer" : null,
                "test", true,
                "updated_at", sample.at().toString(),
                "note_attributes", attributes(sample, renewal),
                "line_items", List.of(),
                "refunds", List.of());
    }

    private static List<Map<String, ?>> attributes(Sample sample, boolean renewal) {
        var attributes = new ArrayList<Map<String, ?>>();
        attribute(attributes, "order_id", sample.says(ReferenceName.ORDER));
        attribute(attributes, "user_id", sample.says(ReferenceName.SUBJECT));
        attribute(attributes, "product", sample.says(ReferenceName.PRODUCT));
        attribute(attributes, "reference", sample.says(ReferenceName.REFERENCE));
        var contract = Optional.of(sample.ids().subscription()).filter(id -> renewal);
        attribute(attributes, "subscription_contract_id", contract);
        return attributes;
    }

    private static void attribute(List<Map<String, ?>> attributes, String name, Optional<String> value) {
        value.ifPresent(text -> attributes.add(Json.object("name", name, "value", text)));
    }

    private static Map<String, ?> transaction(Sample sample, String kind, String status) {
        var id = (kind.equals("refund") ? "67" : "66") + sample.ids().payment();
        return Json.object(
                "id",
                id,
                "admin_graphql_api_id",
                "gid://shopify/OrderTransaction/" + id,
                "order_id",
                sample.ids().payment(),
                "kind",
                kind,
                "status",
                status,
                "amount",
                decimal(sample),
                "currency",
                sample.amount().currency(),
                "error_code",
                status.equals("failure") ? "card_declined" : null,
                "test",
                true,
                "processed_at",
                sample.at().toString());
    }

    private static Map<String, ?> refund(Sample sample) {
        var id = "12" + sample.ids().payment();
        return Json.object(
                "id", id,
                "admin_graphql_api_id", "gid://shopify/Refund/" + id,
                "order_id", sample.ids().payment(),
                "processed_at", sample.at().toString(),
                "transactions", List.of(transaction(sample, "refund", "success")));
    }

    private static Map<String, ?> dispute(Sample sample, String status) {
        var over = !status.equals("needs_response");
        return Json.object(
                "id",
                "28" + sample.ids().payment(),
                "order_id",
                sample.ids().payment(),
                "type",
                "chargeback",
                "amount",
                decimal(sample),
                "currency",
                sample.amount().currency(),
                "reason",
                "fraudulent",
                "status",
                status,
                "initiated_at",
                sample.at().toString(),
                "finalized_on",
                over ? sample.at().toString() : null);
    }

    private static Map<String, ?> contract(Sample sample, String status) {
        return Json.object(
                "id", sample.ids().subscription(),
                "admin_graphql_api_id",
                        "gid://shopify/SubscriptionContract/" + sample.ids().subscription(),
                "billing_policy", Map.of("interval", "month", "interval_count", 1),
                "status", status,
                "revision_id", Long.toString(sample.at().getEpochSecond()));
    }

    private static Map<String, ?> attempt(Sample sample, @Nullable String error) {
        return Json.object(
                "id",
                null,
                "idempotency_key",
                "renewal-" + sample.ids().event(),
                "order_id",
                error == null ? sample.ids().payment() : null,
                "subscription_contract_id",
                sample.ids().subscription(),
                "ready",
                true,
                "error_code",
                error);
    }

    private static String decimal(Sample sample) {
        var digits = Currency.getInstance(sample.amount().currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(sample.amount().minorUnits(), Math.max(0, digits))
                .toPlainString();
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var signature =
                Hmac.sha256(sender.secret().getBytes(UTF_8), draft.body().array());
        return draft.signed(Map.of("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(signature)));
    }
}
