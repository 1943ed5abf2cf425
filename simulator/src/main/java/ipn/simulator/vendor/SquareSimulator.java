package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.fact.Fact.ReferenceName;
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
import java.net.URLEncoder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Square: snapshots of payments, refunds, disputes, invoices and subscriptions. */
public final class SquareSimulator implements SimulatedGateway {
    private static final JsonTemplate EVENT = JsonTemplate.load("square/event.json");
    private static final JsonTemplate PAYMENT = JsonTemplate.load("square/payment.json");
    private static final JsonTemplate CARD_ERROR = JsonTemplate.load("square/card-error.json");
    private static final JsonTemplate INVOICE_PAYMENT = JsonTemplate.load("square/invoice-payment.json");
    private static final JsonTemplate REFUND = JsonTemplate.load("square/refund.json");
    private static final JsonTemplate DISPUTE = JsonTemplate.load("square/dispute.json");
    private static final JsonTemplate INVOICE = JsonTemplate.load("square/invoice.json");
    private static final JsonTemplate SUBSCRIPTION = JsonTemplate.load("square/subscription.json");

    /** Event to its object. A suffix that Square's types do not have distinguishes variants of one type. */
    private static final Map<String, Function<TemplateValues, ObjectNode>> OBJECTS = objects();

    private static Map<String, Function<TemplateValues, ObjectNode>> objects() {
        var objects = new TreeMap<String, Function<TemplateValues, ObjectNode>>();
        // spotless:off
        objects.put("payment.created",                  v -> payment(v, "APPROVED"));
        objects.put("payment.updated",                  v -> payment(v, "COMPLETED"));
        objects.put("payment.updated.canceled",         v -> payment(v, "CANCELED"));
        objects.put("payment.updated.failed",           v -> payment(v, "FAILED"));
        objects.put("payment.updated.invoice",          INVOICE_PAYMENT::fill);
        objects.put("refund.updated",                   v -> refund(v, "COMPLETED"));
        objects.put("refund.updated.failed",            v -> refund(v, "FAILED"));
        objects.put("dispute.created",                  v -> dispute(v, "EVIDENCE_REQUIRED", 1));
        objects.put("dispute.state.updated.won",        v -> dispute(v, "WON", 2));
        objects.put("dispute.state.updated.lost",       v -> dispute(v, "LOST", 2));
        objects.put("invoice.payment_made",             v -> invoice(v, "PAID"));
        objects.put("invoice.scheduled_charge_failed",  v -> invoice(v, "UNPAID"));
        objects.put("subscription.created",             v -> subscription(v, "ACTIVE"));
        objects.put("subscription.updated.deactivated", v -> subscription(v, "DEACTIVATED"));
        objects.put("subscription.updated.canceled",    v -> subscription(v, "CANCELED"));
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
        var values = TemplateValues.of(sample, sender);
        var object = Events.find(OBJECTS, event).apply(values);
        var body = EVENT.fill(values.with("merchant", sender.merchant("merchant", "SIMULATED"))
                .with("type", type)
                .with("kind", kind)
                .with("id", object.get("id"))
                .with("object", Map.of(kind, object)));
        return new Draft("application/json", sample.ids().event(), Json.compact(body))
                .withHeader("User-Agent", "Square Connect v2")
                .withHeader("square-environment", sender.account().live() ? "Production" : "Sandbox");
    }

    private static ObjectNode payment(TemplateValues values, String status) {
        var failed = status.equals("FAILED");
        return PAYMENT.fill(values.with("status", status)
                .with("note", note(values.sample()))
                .withIf(failed, "card_details", () -> CARD_ERROR.fill(values)));
    }

    private static ObjectNode refund(TemplateValues values, String status) {
        return REFUND.fill(values.with("status", status));
    }

    private static ObjectNode dispute(TemplateValues values, String state, int version) {
        return DISPUTE.fill(values.with("state", state).with("version", version));
    }

    private static ObjectNode invoice(TemplateValues values, String status) {
        var sample = values.sample();
        return INVOICE.fill(values.with("status", status)
                .with("title", sample.reference(ReferenceName.PRODUCT).orElse(null))
                .with("customer", sample.reference(ReferenceName.SUBJECT).orElse(null))
                .with("amount_paid", status.equals("PAID") ? sample.amount().minorUnits() : 0L));
    }

    private static ObjectNode subscription(TemplateValues values, String status) {
        var sample = values.sample();
        return SUBSCRIPTION.fill(values.with("status", status)
                .with("customer", sample.reference(ReferenceName.SUBJECT).orElse(null))
                .with("plan", sample.reference(ReferenceName.PRODUCT).orElse(null))
                .with(
                        "last_day",
                        LocalDate.ofInstant(sample.period().until(), ZoneOffset.UTC)
                                .toString()));
    }

    /** The merchant's references except the order, packed as a query string; empty if there are none. */
    private static Optional<String> note(Sample sample) {
        var metadata = Metadata.of(sample);
        var note = Stream.of("user_id", "product", "reference")
                .filter(metadata::containsKey)
                .map(name -> name + "=" + URLEncoder.encode(metadata.get(name), UTF_8))
                .collect(Collectors.joining("&"));
        return note.isEmpty() ? Optional.empty() : Optional.of(note);
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var signature = Hmac.sha256(
                sender.secret().getBytes(UTF_8),
                sender.setting("url").getBytes(UTF_8),
                draft.body().array());
        return draft.signed(
                Map.of("x-square-hmacsha256-signature", Base64.getEncoder().encodeToString(signature)));
    }
}
