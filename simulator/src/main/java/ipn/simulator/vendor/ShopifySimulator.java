package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.signing.Hmac;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.Metadata;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Shopify: orders, their transactions, refunds, disputes and subscription contracts. */
public final class ShopifySimulator implements SimulatedGateway {
    private static final JsonTemplate ORDER = JsonTemplate.load("shopify/order.json");
    private static final JsonTemplate TRANSACTION = JsonTemplate.load("shopify/transaction.json");
    private static final JsonTemplate REFUND = JsonTemplate.load("shopify/refund.json");
    private static final JsonTemplate DISPUTE = JsonTemplate.load("shopify/dispute.json");
    private static final JsonTemplate CONTRACT = JsonTemplate.load("shopify/subscription-contract.json");
    private static final JsonTemplate ATTEMPT = JsonTemplate.load("shopify/billing-attempt.json");

    /** Topic to its body. A suffix after a dot distinguishes variants of one topic. */
    private static final Map<String, Function<TemplateValues, ObjectNode>> BODIES = bodies();

    private static Map<String, Function<TemplateValues, ObjectNode>> bodies() {
        var bodies = new TreeMap<String, Function<TemplateValues, ObjectNode>>();
        // spotless:off
        bodies.put("orders/create",                         v -> order(v, "pending", false));
        bodies.put("orders/paid",                           v -> order(v, "paid", false));
        bodies.put("orders/paid.renewal",                   v -> order(v, "paid", true));
        bodies.put("orders/cancelled",                      v -> order(v, "voided", false));
        bodies.put("order_transactions/create",             v -> transaction(v, "sale", "success"));
        bodies.put("order_transactions/create.failure",     v -> transaction(v, "sale", "failure"));
        bodies.put("refunds/create",                        ShopifySimulator::refund);
        bodies.put("disputes/create",                       v -> dispute(v, "needs_response"));
        bodies.put("disputes/update.won",                   v -> dispute(v, "won"));
        bodies.put("disputes/update.lost",                  v -> dispute(v, "lost"));
        bodies.put("subscription_contracts/create",         v -> contract(v, "active"));
        bodies.put("subscription_contracts/cancel",         v -> contract(v, "cancelled"));
        bodies.put("subscription_billing_attempts/success", v -> attempt(v, null));
        bodies.put("subscription_billing_attempts/failure", v -> attempt(v, "payment_method_declined"));
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
        var body = Events.find(BODIES, event).apply(TemplateValues.of(sample, sender));
        return new Draft("application/json", sample.ids().event(), Json.compact(body))
                .withHeader("X-Shopify-Topic", event.replaceFirst("\\..*", ""))
                .withHeader("X-Shopify-Shop-Domain", sender.setting("shop"))
                .withHeader("X-Shopify-Webhook-Id", sample.ids().event())
                .withHeader("X-Shopify-Triggered-At", sample.at().toString())
                .withHeader("X-Shopify-API-Version", "2026-07");
    }

    private static ObjectNode order(TemplateValues values, String status, boolean renewal) {
        var canceled = status.equals("voided");
        return ORDER.fill(values.with("status", status)
                .with("cancelled_at", canceled ? values.sample().at().toString() : null)
                .with("cancel_reason", canceled ? "customer" : null)
                .with("attributes", attributes(values.sample(), renewal)));
    }

    private static List<Map<String, String>> attributes(Sample sample, boolean renewal) {
        var attributes = new ArrayList<Map<String, String>>();
        for (var name : List.of("order_id", "user_id", "product", "reference")) {
            var value = Metadata.of(sample).get(name);
            if (value != null) {
                attributes.add(attribute(name, value));
            }
        }
        if (renewal) {
            attributes.add(attribute("subscription_contract_id", sample.ids().subscription()));
        }
        return attributes;
    }

    private static Map<String, String> attribute(String name, String value) {
        return new TreeMap<>(Map.of("name", name, "value", value));
    }

    private static ObjectNode transaction(TemplateValues values, String kind, String status) {
        var prefix = kind.equals("refund") ? "67" : "66";
        var id = prefix + values.sample().ids().payment();
        return TRANSACTION.fill(values.with("id", TemplateValues.number(id))
                .with("text_id", id)
                .with("kind", kind)
                .with("status", status)
                .with("error_code", status.equals("failure") ? "card_declined" : null));
    }

    private static ObjectNode refund(TemplateValues values) {
        return REFUND.fill(values.with(
                        "id", TemplateValues.number("12" + values.sample().ids().payment()))
                .with("transaction", transaction(values, "refund", "success")));
    }

    private static ObjectNode dispute(TemplateValues values, String status) {
        var closed = !status.equals("needs_response");
        return DISPUTE.fill(values.with(
                        "id", TemplateValues.number("28" + values.sample().ids().payment()))
                .with("status", status)
                .with("finalized_on", closed ? values.sample().at().toString() : null));
    }

    private static ObjectNode contract(TemplateValues values, String status) {
        return CONTRACT.fill(values.with("status", status));
    }

    private static ObjectNode attempt(TemplateValues values, @Nullable String error) {
        return ATTEMPT.fill(values.with("error_code", error)
                .with(
                        "order_id",
                        error == null
                                ? TemplateValues.number(values.sample().ids().payment())
                                : null));
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var signature =
                Hmac.sha256(sender.secret().getBytes(UTF_8), draft.body().array());
        return draft.signed(Map.of("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(signature)));
    }
}
