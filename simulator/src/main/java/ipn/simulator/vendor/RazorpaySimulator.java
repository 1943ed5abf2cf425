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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Razorpay: events with a snapshot of each entity that they are about. */
public final class RazorpaySimulator implements SimulatedGateway {
    private static final JsonTemplate EVENT = JsonTemplate.load("razorpay/event.json");
    private static final JsonTemplate PAYMENT = JsonTemplate.load("razorpay/payment.json");
    private static final JsonTemplate REFUNDED_PAYMENT = JsonTemplate.load("razorpay/refunded-payment.json");
    private static final JsonTemplate REFUND = JsonTemplate.load("razorpay/refund.json");
    private static final JsonTemplate DISPUTE = JsonTemplate.load("razorpay/dispute.json");
    private static final JsonTemplate SUBSCRIPTION = JsonTemplate.load("razorpay/subscription.json");

    private static final String ACCOUNT = "acc_SIMULATED00001";

    /** Event to the entities in its payload, by name. */
    private static final Map<String, Function<TemplateValues, Map<String, ObjectNode>>> PAYLOADS = payloads();

    private static Map<String, Function<TemplateValues, Map<String, ObjectNode>>> payloads() {
        var payloads = new TreeMap<String, Function<TemplateValues, Map<String, ObjectNode>>>();
        // spotless:off
        payloads.put("payment.authorized",      v -> Map.of("payment", payment(v, "authorized")));
        payloads.put("payment.captured",        v -> Map.of("payment", payment(v, "captured")));
        payloads.put("payment.failed",          v -> Map.of("payment", payment(v, "failed")));
        payloads.put("refund.processed",        v -> Map.of("refund", refund(v, "processed"), "payment", refunded(v)));
        payloads.put("refund.failed",           v -> Map.of("refund", refund(v, "failed"), "payment", payment(v, "captured")));
        payloads.put("payment.dispute.created", v -> Map.of("dispute", dispute(v, "open"), "payment", payment(v, "captured")));
        payloads.put("payment.dispute.won",     v -> Map.of("dispute", dispute(v, "won"), "payment", payment(v, "captured")));
        payloads.put("payment.dispute.lost",    v -> Map.of("dispute", dispute(v, "lost"), "payment", payment(v, "captured")));
        payloads.put("subscription.activated",  v -> Map.of("subscription", subscription(v, "active")));
        payloads.put("subscription.charged",    v -> Map.of("subscription", subscription(v, "active"), "payment", payment(v, "captured")));
        payloads.put("subscription.pending",    v -> Map.of("subscription", subscription(v, "pending")));
        payloads.put("subscription.halted",     v -> Map.of("subscription", subscription(v, "halted")));
        payloads.put("subscription.cancelled",  v -> Map.of("subscription", subscription(v, "cancelled")));
        // spotless:on
        return payloads;
    }

    @Override
    public String name() {
        return "razorpay";
    }

    @Override
    public Set<String> events() {
        return PAYLOADS.keySet();
    }

    @Override
    public Ids ids(String token) {
        return new Ids(token, "pay_" + token, "inv_" + token, "sub_" + token);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var values = TemplateValues.of(sample, sender);
        var payload = new TreeMap<String, Map<String, ObjectNode>>();
        Events.find(PAYLOADS, event)
                .apply(values)
                .forEach((name, entity) -> payload.put(name, Map.of("entity", entity)));
        var body = EVENT.fill(values.with("account_id", sender.merchant("account", ACCOUNT))
                .with("type", event)
                .with("contains", payload.keySet())
                .with("payload", payload));
        return new Draft("application/json", sample.ids().event(), Json.compact(body))
                .withHeader("User-Agent", "Razorpay-Webhook/v1")
                .withHeader("X-Razorpay-Event-Id", sample.ids().event());
    }

    /** As in Razorpay's own samples, {@code captured} is a text when true and a boolean when false. */
    private static ObjectNode payment(TemplateValues values, String status) {
        var captured = status.equals("captured");
        var failed = status.equals("failed");
        return PAYMENT.fill(values.with("status", status)
                .with("captured", captured ? "1" : false)
                .with("fee", captured ? fee(values) : null)
                .with("notes", notes(values))
                .with("error_code", failed ? "BAD_REQUEST_ERROR" : null)
                .with("error_reason", failed ? "payment_declined" : null));
    }

    /** A captured payment with the sum of its refunds, of which there is one. */
    private static ObjectNode refunded(TemplateValues values) {
        return REFUNDED_PAYMENT.fill(values.with("fee", fee(values)).with("notes", notes(values)));
    }

    private static long fee(TemplateValues values) {
        return values.sample().amount().minorUnits() / 50;
    }

    private static ObjectNode refund(TemplateValues values, String status) {
        return REFUND.fill(values.with("status", status));
    }

    private static ObjectNode dispute(TemplateValues values, String status) {
        var deducted = status.equals("lost") ? values.sample().amount().minorUnits() : 0L;
        return DISPUTE.fill(values.with("status", status).with("amount_deducted", deducted));
    }

    private static ObjectNode subscription(TemplateValues values, String status) {
        return SUBSCRIPTION.fill(values.with("status", status).with("notes", notes(values)));
    }

    /** Razorpay writes notes as an object, and as an empty list if there are none. */
    private static Object notes(TemplateValues values) {
        var notes = Metadata.of(values.sample());
        return notes.isEmpty() ? List.of() : notes;
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var signature =
                Hmac.sha256(sender.secret().getBytes(UTF_8), draft.body().array());
        return draft.signed(Map.of("X-Razorpay-Signature", HexFormat.of().formatHex(signature)));
    }
}
