package ipn.simulator.vendor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.adyen.AdyenGateway;
import ipn.gateway.adyen.AdyenSignature;
import ipn.gateway.content.Bytes;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Adyen's standard webhooks. A modification of a payment has a reference derived from the payment's. */
public final class AdyenSimulator implements SimulatedGateway {
    /** Event to the first letter of its reference; empty if the event is about the payment itself. */
    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("AUTHORISATION", ""),
            Map.entry("AUTHORISATION.refused", ""),
            Map.entry("PENDING", ""),
            Map.entry("CAPTURE", "C"),
            Map.entry("CAPTURE_FAILED", "C"),
            Map.entry("CANCELLATION", "X"),
            Map.entry("REFUND", "R"),
            Map.entry("REFUND_FAILED", "R"),
            Map.entry("NOTIFICATION_OF_FRAUD", "F"),
            Map.entry("NOTIFICATION_OF_CHARGEBACK", "D"),
            Map.entry("CHARGEBACK", "D"),
            Map.entry("CHARGEBACK_REVERSED", "D"),
            Map.entry("SECOND_CHARGEBACK", "D"),
            Map.entry("REPORT_AVAILABLE", "S"));

    private static final List<String> SIGNED = List.of(
            "/pspReference",
            "/originalReference",
            "/merchantAccountCode",
            "/merchantReference",
            "/amount/value",
            "/amount/currency",
            "/eventCode",
            "/success");

    private static final JsonTemplate NOTIFICATION = JsonTemplate.load("adyen/notification.json");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public String name() {
        return AdyenGateway.NAME;
    }

    @Override
    public Set<String> events() {
        return new TreeSet<>(EVENTS.keySet());
    }

    @Override
    public Ids ids(String token) {
        return new Ids("EVT" + token, "PSP" + token, "BILL" + token, "TOKEN" + token);
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.withSecret("0f".repeat(32));
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var refused = event.endsWith(".refused");
        var letter = Events.find(EVENTS, event);
        var payment = sample.ids().payment();
        var body = NOTIFICATION.fill(TemplateValues.of(sample, sender)
                .with("code", event.replace(".refused", ""))
                .with(
                        "merchant_reference",
                        sample.reference(ReferenceName.ORDER).orElse(""))
                .with("psp_reference", letter + payment)
                .withIf(!letter.isEmpty(), "original_reference", () -> payment)
                .with("reason", refused ? "Not enough balance" : "")
                .with("success", refused ? "false" : "true"));
        return new Draft("application/json", sample.ids().event(), Json.compact(body));
    }

    @Override
    public Optional<Draft> batch(List<Draft> drafts) {
        var first = parsed(drafts.get(0).body());
        var items = (ArrayNode) first.path("notificationItems");
        drafts.stream()
                .skip(1)
                .forEach(draft -> parsed(draft.body()).path("notificationItems").forEach(items::add));
        return Optional.of(drafts.get(0).withBody(Json.compact(first)));
    }

    /** Signs each item; a body without items is signed as a whole, as Adyen signs its other webhooks. */
    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var body = parsed(draft.body());
        if (body.isMissingNode()) {
            return draft.signed(Map.of("HmacSignature", AdyenSignature.sign(draft.body(), sender.secret())));
        }
        for (var each : body.path("notificationItems")) {
            var item = (ObjectNode) each.path("NotificationRequestItem");
            var message = SIGNED.stream().map(at -> item.at(at).asText("")).collect(Collectors.joining(":"));
            item.withObjectProperty("additionalData")
                    .put("hmacSignature", AdyenSignature.sign(Bytes.utf8(message), sender.secret()));
        }
        return draft.withBody(Json.compact(body)).signed(Map.of());
    }

    private static JsonNode parsed(Bytes body) {
        try {
            return MAPPER.readTree(body.utf8());
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }
}
