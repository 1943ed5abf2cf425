package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.fact.Fact.ReferenceName;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Square: snapshots of payments, refunds, disputes, invoices and subscriptions. */
public final class SquareSimulator implements SimulatedGateway {
    /** Event to its object. A last word that Square's types do not have tells variants of one type apart. */
    private static final Map<String, Function<Sample, Map<String, ?>>> OBJECTS = objects();

    private static Map<String, Function<Sample, Map<String, ?>>> objects() {
        var objects = new TreeMap<String, Function<Sample, Map<String, ?>>>();
        // spotless:off
        objects.put("payment.created",                  s -> payment(s, "APPROVED"));
        objects.put("payment.updated",                  s -> payment(s, "COMPLETED"));
        objects.put("payment.updated.canceled",         s -> payment(s, "CANCELED"));
        objects.put("payment.updated.failed",           s -> payment(s, "FAILED"));
        objects.put("payment.updated.invoice",          SquareSimulator::paymentOfInvoice);
        objects.put("refund.updated",                   s -> refund(s, "COMPLETED"));
        objects.put("refund.updated.failed",            s -> refund(s, "FAILED"));
        objects.put("dispute.created",                  s -> dispute(s, "EVIDENCE_REQUIRED", 1));
        objects.put("dispute.state.updated.won",        s -> dispute(s, "WON", 2));
        objects.put("dispute.state.updated.lost",       s -> dispute(s, "LOST", 2));
        objects.put("invoice.payment_made",             s -> invoice(s, "PAID"));
        objects.put("invoice.scheduled_charge_failed",  s -> invoice(s, "UNPAID"));
        objects.put("subscription.created",             s -> subscription(s, "ACTIVE"));
        objects.put("subscription.updated.deactivated", s -> subscription(s, "DEACTIVATED"));
        objects.put("subscription.updated.canceled",    s -> subscription(s, "CANCELED"));
        // spotless:on
        return objects;
    }

    @Override
    public String name() {
        return "square";
    }

    @Override
    public Set<String> events() {
        return OBJECTS.keySet();
    }

    @Override
    public Ids ids(String token) {
        return new Ids("evt-" + token, "pay-" + token, "inv-" + token, "sub-" + token);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var type = event.replaceFirst("\\.(canceled|failed|invoice|won|lost|deactivated)$", "");
        var kind = type.substring(0, type.indexOf('.'));
        var object = OBJECTS.getOrDefault(event, s -> Map.of()).apply(sample);
        var configured = sender.says("merchant");
        var body = Json.object(
                "merchant_id", configured.isEmpty() ? "SIMULATED" : configured,
                "type", type,
                "event_id", sample.ids().event(),
                "created_at", sample.at().toString(),
                "data", Json.object("type", kind, "id", object.get("id"), "object", Json.object(kind, object)));
        return new Draft("application/json", sample.ids().event(), Json.compact(body))
                .withHeader("User-Agent", "Square Connect v2")
                .withHeader("square-environment", sender.account().live() ? "Production" : "Sandbox");
    }

    private static Map<String, Object> payment(Sample sample, String status) {
        var payment = new TreeMap<String, Object>(Map.of(
                "id", sample.ids().payment(),
                "status", status,
                "total_money", money(sample),
                "order_id", orderOf(sample.ids().payment()),
                "updated_at", sample.at().toString()));
        sample.says(ReferenceName.ORDER).ifPresent(order -> payment.put("reference_id", order));
        var note = note(sample);
        if (!note.isEmpty()) {
            payment.put("note", note);
        }
        if (status.equals("FAILED")) {
            payment.put("card_details", Map.of("errors", List.of(Map.of("code", "INSUFFICIENT_FUNDS"))));
        }
        return payment;
    }

    /** Square takes it for an invoice, so it bears no word of the merchant. */
    private static Map<String, ?> paymentOfInvoice(Sample sample) {
        var payment = payment(sample, "COMPLETED");
        payment.keySet().removeAll(Set.of("reference_id", "note"));
        payment.put("order_id", orderOf(sample.ids().bill()));
        payment.put("application_details", Map.of("square_product", "INVOICES"));
        return payment;
    }

    private static Map<String, ?> refund(Sample sample, String status) {
        return Json.object(
                "id", sample.ids().payment() + "_refund",
                "payment_id", sample.ids().payment(),
                "status", status,
                "amount_money", money(sample),
                "updated_at", sample.at().toString());
    }

    private static Map<String, ?> dispute(Sample sample, String state, int version) {
        return Json.object(
                "id",
                sample.ids().payment() + "_dispute",
                "state",
                state,
                "version",
                version,
                "reason",
                "NO_KNOWLEDGE",
                "amount_money",
                money(sample),
                "disputed_payment",
                Map.of("payment_id", sample.ids().payment()),
                "updated_at",
                sample.at().toString());
    }

    private static Map<String, ?> invoice(Sample sample, String status) {
        var paid = status.equals("PAID") ? sample.amount().minorUnits() : 0;
        var request = Map.of(
                "computed_amount_money", money(sample),
                "total_completed_amount_money",
                        Map.of("amount", paid, "currency", sample.amount().currency()));
        return Json.object(
                "id", sample.ids().bill(),
                "order_id", orderOf(sample.ids().bill()),
                "subscription_id", sample.ids().subscription(),
                "status", status,
                "version", 1,
                "title", sample.says(ReferenceName.PRODUCT).orElse(null),
                "primary_recipient",
                        Json.object(
                                "customer_id",
                                sample.says(ReferenceName.SUBJECT).orElse(null)),
                "payment_requests", List.of(request),
                "updated_at", sample.at().toString());
    }

    private static Map<String, ?> subscription(Sample sample, String status) {
        return Json.object(
                "id", sample.ids().subscription(),
                "status", status,
                "customer_id", sample.says(ReferenceName.SUBJECT).orElse(null),
                "plan_variation_id", sample.says(ReferenceName.PRODUCT).orElse(null),
                "charged_through_date",
                        LocalDate.ofInstant(sample.period().until(), ZoneOffset.UTC)
                                .toString(),
                "timezone", "UTC",
                "version", sample.at().toEpochMilli());
    }

    private static Map<String, Object> money(Sample sample) {
        return Map.of(
                "amount", sample.amount().minorUnits(),
                "currency", sample.amount().currency());
    }

    private static String orderOf(String id) {
        return "order-" + id;
    }

    /** The merchant's words packed as a query string. */
    private static String note(Sample sample) {
        var words = new ArrayList<String>();
        sample.says(ReferenceName.SUBJECT).ifPresent(value -> words.add("user_id=" + encoded(value)));
        sample.says(ReferenceName.PRODUCT).ifPresent(value -> words.add("product=" + encoded(value)));
        sample.says(ReferenceName.REFERENCE).ifPresent(value -> words.add("reference=" + encoded(value)));
        return String.join("&", words);
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word, UTF_8);
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var signature = Hmac.sha256(
                sender.secret().getBytes(UTF_8),
                sender.says("url").getBytes(UTF_8),
                draft.body().array());
        return draft.signed(
                Map.of("x-square-hmacsha256-signature", Base64.getEncoder().encodeToString(signature)));
    }
}
