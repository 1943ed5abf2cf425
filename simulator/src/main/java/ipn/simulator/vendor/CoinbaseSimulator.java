package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.fact.Money;
import ipn.gateway.coinbase.CoinbaseSignature;
import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.template.Decimals;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Coinbase: charges of Commerce, and payment links of its successor. Each has its own signature. */
public final class CoinbaseSimulator implements SimulatedGateway {
    private static final JsonTemplate EVENT = JsonTemplate.load("coinbase/event.json");
    private static final JsonTemplate CHARGE = JsonTemplate.load("coinbase/charge.json");
    private static final JsonTemplate CHARGE_PAYMENT = JsonTemplate.load("coinbase/charge-payment.json");
    private static final JsonTemplate LINK = JsonTemplate.load("coinbase/payment-link.json");

    private static final String EVENT_ID = "X-Event-Id";
    private static final String EVENT_TYPE = "X-Event-Type";
    private static final String LINKS = "payment_link.";
    private static final String FORGED = "forged-secret-of-no-account-0000001";

    private static final Map<String, Function<TemplateValues, ObjectNode>> BODIES = bodies();

    private static Map<String, Function<TemplateValues, ObjectNode>> bodies() {
        var bodies = new TreeMap<String, Function<TemplateValues, ObjectNode>>();
        // spotless:off
        bodies.put("charge:created",               v -> charge(v, "NEW",        null,      false));
        bodies.put("charge:pending",               v -> charge(v, "PENDING",    null,      false));
        bodies.put("charge:confirmed",             v -> charge(v, "COMPLETED",  null,      true));
        bodies.put("charge:failed",                v -> charge(v, "EXPIRED",    null,      false));
        bodies.put("charge:delayed",               v -> charge(v, "UNRESOLVED", "DELAYED", true));
        bodies.put("charge:resolved",              v -> charge(v, "RESOLVED",   null,      true));
        bodies.put("payment_link.payment.success", v -> link(v, "COMPLETED"));
        bodies.put("payment_link.payment.failed",  v -> link(v, "FAILED"));
        bodies.put("payment_link.payment.expired", v -> link(v, "EXPIRED"));
        // spotless:on
        return bodies;
    }

    @Override
    public String name() {
        return "coinbase";
    }

    @Override
    public Set<String> events() {
        return BODIES.keySet();
    }

    @Override
    public Optional<String> signingSecret(Settings account) {
        return secrets(account, account.has("secrets") ? "secrets" : "cdp-secrets");
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.withSecret(FORGED);
    }

    @Override
    public Ids ids(String token) {
        return new Ids("ev-" + token, token, token, token);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var values = TemplateValues.of(sample, sender);
        var object = Events.find(BODIES, event).apply(values);
        var id = sample.ids().event();
        return event.startsWith(LINKS)
                ? new Draft("application/json", id, Json.compact(object.put("eventType", event)))
                        .withHeader(EVENT_ID, id)
                        .withHeader(EVENT_TYPE, event)
                : new Draft(
                        "application/json",
                        id,
                        Json.compact(EVENT.fill(values.with("type", event).with("charge", object))));
    }

    private static ObjectNode charge(TemplateValues values, String status, @Nullable String context, boolean paid) {
        return CHARGE.fill(values.with("status", status)
                .with("context", context)
                .withIf(paid, "charge_payment", () -> CHARGE_PAYMENT.fill(values)));
    }

    /** A payment in a stablecoin, which is worth as many dollars as the sample has units of its currency. */
    private static ObjectNode link(TemplateValues values, String status) {
        var dollars = new Money(values.sample().amount().minorUnits(), "USD");
        return LINK.fill(values.with("status", status).with("coins", Decimals.text(dollars)));
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var body = draft.body().array();
        if (!draft.headers().containsKey(EVENT_TYPE)) {
            return draft.signed(
                    Map.of("X-CC-Webhook-Signature", CoinbaseSignature.signCommerce(body, sender.secret())));
        }
        var signed = new TreeMap<String, String>();
        signed.put("content-type", draft.contentType());
        draft.headers().forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
        return draft.signed(
                Map.of("X-Hook0-Signature", CoinbaseSignature.signHook0(body, linkSecret(sender), now, signed)));
    }

    /** An account may have a separate secret for links; a forger has neither. */
    private static String linkSecret(Sender sender) {
        return sender.secret().equals(FORGED)
                ? FORGED
                : secrets(sender.settings(), "cdp-secrets").orElse(sender.secret());
    }

    private static Optional<String> secrets(Settings account, String key) {
        return account.has(key)
                ? account.secrets(key, true, 1).stream()
                        .map(secret -> secret.text())
                        .findFirst()
                : Optional.empty();
    }
}
