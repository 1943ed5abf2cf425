package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.fact.Fact.ReferenceName;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Razorpay: events with a snapshot of each thing they are about. */
public final class RazorpaySimulator implements SimulatedGateway {
    private static final String ACCOUNT = "acc_SIMULATED00001";

    /** Event to the things in its payload, by name. */
    private static final Map<String, Function<Sample, Map<String, Map<String, ?>>>> PAYLOADS = payloads();

    private static Map<String, Function<Sample, Map<String, Map<String, ?>>>> payloads() {
        var payloads = new TreeMap<String, Function<Sample, Map<String, Map<String, ?>>>>();
        // spotless:off
        payloads.put("payment.authorized",      s -> Map.of("payment", payment(s, "authorized")));
        payloads.put("payment.captured",        s -> Map.of("payment", payment(s, "captured")));
        payloads.put("payment.failed",          s -> Map.of("payment", payment(s, "failed")));
        payloads.put("refund.processed",        s -> Map.of("refund", refund(s, "processed"), "payment", refunded(s)));
        payloads.put("refund.failed",           s -> Map.of("refund", refund(s, "failed"), "payment", payment(s, "captured")));
        payloads.put("payment.dispute.created", s -> Map.of("dispute", dispute(s, "open"), "payment", payment(s, "captured")));
        payloads.put("payment.dispute.won",     s -> Map.of("dispute", dispute(s, "won"), "payment", payment(s, "captured")));
        payloads.put("payment.dispute.lost",    s -> Map.of("dispute", dispute(s, "lost"), "payment", payment(s, "captured")));
        payloads.put("subscription.activated",  s -> Map.of("subscription", subscription(s, "active")));
        payloads.put("subscription.charged",    s -> Map.of("subscription", subscription(s, "active"), "payment", payment(s, "captured")));
        payloads.put("subscription.pending",    s -> Map.of("subscription", subscription(s, "pending")));
        payloads.put("subscription.halted",     s -> Map.of("subscription", subscription(s, "halted")));
        payloads.put("subscription.cancelled",  s -> Map.of("subscription", subscription(s, "cancelled")));
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
        var things = PAYLOADS.getOrDefault(event, s -> Map.of()).apply(sample);
        var payload = new TreeMap<String, Object>();
        things.forEach((name, thing) -> payload.put(name, Json.object("entity", thing)));
        var configured = sender.says("account");
        var body = Json.object(
                "entity",
                "event",
                "account_id",
                configured.isEmpty() ? ACCOUNT : configured,
                "event",
                event,
                "contains",
                List.copyOf(payload.keySet()),
                "payload",
                payload,
                "created_at",
                sample.at().getEpochSecond());
        return new Draft("application/json", sample.ids().event(), Json.compact(body))
                .withHeader("User-Agent", "Razorpay-Webhook/v1")
                .withHeader("X-Razorpay-Event-Id", sample.ids().event());
    }

    /** As Razorpay's own samples have it, some flags are texts, and notes are a list when there are none. */
    private static Map<String, ?> payment(Sample sample, String status) {
        return Json.object(
                "id",
                sample.ids().payment(),
                "entity",
                "payment",
                "amount",
                sample.amount().minorUnits(),
                "currency",
                sample.amount().currency(),
                "status",
                status,
                "order_id",
                "order_" + tail(sample.ids().payment()),
                "invoice_id",
                sample.ids().bill(),
                "captured",
                status.equals("captured") ? "1" : false,
                "fee",
                status.equals("captured") ? sample.amount().minorUnits() / 50 : null,
                "notes",
                notes(sample),
                "error_code",
                status.equals("failed") ? "BAD_REQUEST_ERROR" : null,
                "error_reason",
                status.equals("failed") ? "payment_declined" : null,
                "created_at",
                sample.at().getEpochSecond());
    }

    /** The same with the sum of its refunds, of which there is one. */
    private static Map<String, ?> refunded(Sample sample) {
        var payment = new TreeMap<String, Object>();
        payment(sample, "captured").forEach((name, value) -> {
            if (value != null) {
                payment.put(name, value);
            }
        });
        payment.put("amount_refunded", sample.amount().minorUnits());
        return payment;
    }

    private static Map<String, ?> refund(Sample sample, String status) {
        return Json.object(
                "id",
                "rfnd_" + tail(sample.ids().payment()),
                "entity",
                "refund",
                "amount",
                sample.amount().minorUnits(),
                "currency",
                sample.amount().currency(),
                "payment_id",
                sample.ids().payment(),
                "status",
                status);
    }

    private static Map<String, ?> dispute(Sample sample, String status) {
        return Json.object(
                "id",
                "disp_" + tail(sample.ids().payment()),
                "entity",
                "dispute",
                "payment_id",
                sample.ids().payment(),
                "amount",
                sample.amount().minorUnits(),
                "currency",
                sample.amount().currency(),
                "amount_deducted",
                status.equals("lost") ? sample.amount().minorUnits() : 0,
                "reason_code",
                "chargeback_authorization",
                "status",
                status,
                "phase",
                "chargeback");
    }

    private static Map<String, ?> subscription(Sample sample, String status) {
        return Json.object(
                "id", sample.ids().subscription(),
                "entity", "subscription",
                "plan_id", "plan_SIMULATED00001",
                "status", status,
                "current_start", sample.period().from().getEpochSecond(),
                "current_end", sample.period().until().getEpochSecond(),
                "notes", notes(sample));
    }

    private static Object notes(Sample sample) {
        var notes = new LinkedHashMap<String, String>();
        sample.says(ReferenceName.ORDER).ifPresent(value -> notes.put("order_id", value));
        sample.says(ReferenceName.SUBJECT).ifPresent(value -> notes.put("user_id", value));
        sample.says(ReferenceName.PRODUCT).ifPresent(value -> notes.put("product", value));
        sample.says(ReferenceName.REFERENCE).ifPresent(value -> notes.put("reference", value));
        return notes.isEmpty() ? List.of() : notes;
    }

    private static String tail(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var signature =
                Hmac.sha256(sender.secret().getBytes(UTF_8), draft.body().array());
        return draft.signed(Map.of("X-Razorpay-Signature", HexFormat.of().formatHex(signature)));
    }
}
