package ipn.simulator;

import ipn.fact.Money;
import ipn.gateway.coinbase.CoinbaseSignature;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Coinbase: charges of Commerce, and payment links of its successor, each signed in its own way. */
public final class CoinbaseSimulator implements SimulatedGateway {
    private static final String LINKS = "payment_link.";
    private static final String FORGED = "forged-by-nobody-who-knows-it-00001";

    private static final Map<String, Function<Sample, Map<String, @Nullable Object>>> BODIES = bodies();

    private static Map<String, Function<Sample, Map<String, @Nullable Object>>> bodies() {
        var bodies = new TreeMap<String, Function<Sample, Map<String, @Nullable Object>>>();
        // spotless:off
        bodies.put("charge:created",               s -> charge(s, "NEW",        null,      false));
        bodies.put("charge:pending",               s -> charge(s, "PENDING",    null,      false));
        bodies.put("charge:confirmed",             s -> charge(s, "COMPLETED",  null,      true));
        bodies.put("charge:failed",                s -> charge(s, "EXPIRED",    null,      false));
        bodies.put("charge:delayed",               s -> charge(s, "UNRESOLVED", "DELAYED", true));
        bodies.put("charge:resolved",              s -> charge(s, "RESOLVED",   null,      true));
        bodies.put("payment_link.payment.success", s -> link(s, "COMPLETED"));
        bodies.put("payment_link.payment.failed",  s -> link(s, "FAILED"));
        bodies.put("payment_link.payment.expired", s -> link(s, "EXPIRED"));
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
    public Optional<String> signsWith(Settings account) {
        return secrets(account, account.has("secrets") ? "secrets" : "cdp-secrets");
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.signingWith(FORGED);
    }

    @Override
    public Ids ids(String token) {
        return new Ids("ev-" + token, token, token, token);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var subject = BODIES.getOrDefault(event, s -> Json.object()).apply(sample);
        var body = event.startsWith(LINKS) ? subject : wrapped(event, subject, sample);
        if (event.startsWith(LINKS)) {
            subject.put("eventType", event);
        }
        return new Draft("application/json", event, Json.compact(body));
    }

    private static Map<String, @Nullable Object> wrapped(String event, Object charge, Sample sample) {
        var inner = Json.object(
                "api_version",
                "2018-03-22",
                "created_at",
                sample.at().toString(),
                "data",
                charge,
                "id",
                sample.ids().event(),
                "resource",
                "event",
                "type",
                event);
        return Json.object(
                "attempt_number",
                1,
                "event",
                inner,
                "id",
                "dl-" + sample.ids().event(),
                "scheduled_for",
                sample.at().toString());
    }

    private static Map<String, @Nullable Object> charge(
            Sample sample, String status, @Nullable String context, boolean paid) {
        var local = Json.object("local", Decimals.object("amount", sample.amount()));
        var payment = Json.object(
                "network",
                "polygon",
                "status",
                "CONFIRMED",
                "transaction_id",
                "0x" + sample.ids().payment(),
                "value",
                local);
        return Json.object(
                "code",
                sample.ids().payment(),
                "resource",
                "charge",
                "pricing",
                local,
                "metadata",
                Metadata.of(sample),
                "timeline",
                List.of(Json.object("time", sample.at().toString(), "status", status, "context", context)),
                "payments",
                paid ? List.of(payment) : List.of());
    }

    private static Map<String, @Nullable Object> link(Sample sample, String status) {
        var amount = sample.amount();
        var coins = Decimals.text(amount.currency().equals("USD") ? amount : new Money(amount.minorUnits(), "USD"));
        return Json.object(
                "id",
                sample.ids().payment(),
                "amount",
                coins,
                "currency",
                "USDC",
                "network",
                "base",
                "status",
                status,
                "metadata",
                Metadata.of(sample),
                "createdAt",
                sample.at().toString(),
                "updatedAt",
                sample.at().toString());
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var body = draft.body().array();
        return draft.eventId().startsWith(LINKS)
                ? draft.signed(Map.of("X-Hook0-Signature", CoinbaseSignature.signHook0(body, linkSecret(sender), now)))
                : draft.signed(Map.of("X-CC-Webhook-Signature", CoinbaseSignature.signCommerce(body, sender.secret())));
    }

    /** An account may have a secret of its own for links; a forger knows neither. */
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
