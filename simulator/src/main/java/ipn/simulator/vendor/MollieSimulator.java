package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.content.Bytes;
import ipn.gateway.mollie.MollieSignature;
import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.Senders;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Mollie. A change of a payment is a classic webhook with only the payment's id; the payment itself is registered with the
 * stand-in, which {@code fetch-via} has to name. Refunds and chargebacks are signed next-generation events.
 */
public final class MollieSimulator implements SimulatedGateway {
    private static final JsonTemplate EVENT = JsonTemplate.load("mollie/event.json");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FORGED = "forged-secret-of-no-account-0000001";

    private static final Map<String, Function<TemplateValues, ObjectNode>> PAYMENTS = payments();
    private static final Map<String, Function<TemplateValues, ObjectNode>> EVENTS = signed();

    private static Map<String, Function<TemplateValues, ObjectNode>> payments() {
        var payments = new TreeMap<String, Function<TemplateValues, ObjectNode>>();
        // spotless:off
        payments.put("payment.open",                v -> MollieObjects.payment(v, "open"));
        payments.put("payment.paid",                v -> MollieObjects.payment(v, "paid"));
        payments.put("payment.failed",              v -> MollieObjects.payment(v, "failed"));
        payments.put("payment.canceled",            v -> MollieObjects.payment(v, "canceled"));
        payments.put("payment.expired",             v -> MollieObjects.payment(v, "expired"));
        payments.put("payment.open.subscription",   v -> MollieObjects.renewal(v, "open"));
        payments.put("payment.paid.subscription",   v -> MollieObjects.renewal(v, "paid"));
        payments.put("payment.failed.subscription", v -> MollieObjects.renewal(v, "failed"));
        // spotless:on
        return payments;
    }

    private static Map<String, Function<TemplateValues, ObjectNode>> signed() {
        var events = new TreeMap<String, Function<TemplateValues, ObjectNode>>();
        // spotless:off
        events.put("refund.queued",       v -> MollieObjects.refund(v, "queued"));
        events.put("refund.refunded",     v -> MollieObjects.refund(v, "refunded"));
        events.put("refund.failed",       v -> MollieObjects.refund(v, "failed"));
        events.put("chargeback.received", v -> MollieObjects.chargeback(v, false));
        events.put("chargeback.reversed", v -> MollieObjects.chargeback(v, true));
        // spotless:on
        return events;
    }

    @Override
    public String name() {
        return "mollie";
    }

    @Override
    public Set<String> events() {
        var all = new TreeMap<>(PAYMENTS);
        all.putAll(EVENTS);
        return all.keySet();
    }

    /** Classic webhooks are not signed, so an account with only an API key can be simulated. */
    @Override
    public Optional<String> signingSecret(Settings account) {
        return account.has("secrets") ? Senders.secrets(account).stream().findFirst() : Optional.of("");
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.withSecret(FORGED);
    }

    @Override
    public Ids ids(String token) {
        return new Ids("event_" + token, "tr_" + token, "tr_" + token, "sub_" + token);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var values = TemplateValues.of(sample, sender);
        var id = sample.ids().payment();
        if (PAYMENTS.containsKey(event)) {
            var payment = Events.find(PAYMENTS, event).apply(values);
            return new Draft(FORM, "", Bytes.utf8("id=" + id))
                    .withDocument("/v2/payments/" + id, Json.compact(payment));
        }
        var entity = Events.find(EVENTS, event).apply(values);
        var body = EVENT.fill(
                values.with("type", event).with("entity_id", entity.get("id")).with("entity", entity));
        return new Draft("application/json", sample.ids().event(), Json.compact(body));
    }

    /** A forged classic webhook names a payment that the stand-in does not have. */
    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        if (draft.contentType().equals(FORM)) {
            return sender.secret().equals(FORGED)
                    ? new Outgoing(Map.of("Content-Type", FORM), draft.body())
                    : draft.signed(Map.of("User-Agent", "Mollie HTTP client/1.0"));
        }
        var signature = MollieSignature.sign(draft.body().array(), sender.secret());
        return draft.signed(Map.of("X-Mollie-Signature", signature));
    }
}
