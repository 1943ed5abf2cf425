package ipn.simulator;

import ipn.gateway.content.Bytes;
import ipn.gateway.mollie.MollieSignature;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Mollie. What happens to a payment is a classic webhook, which says only where to look: the payment is told to the stand-in,
 * where {@code fetch-via} has to lead. Refunds and chargebacks are next-gen events, signed.
 */
public final class MollieSimulator implements SimulatedGateway {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FORGED = "forged-by-nobody-who-knows-it-00001";

    private static final Map<String, Function<Sample, Map<String, @Nullable Object>>> PAYMENTS = payments();
    private static final Map<String, Function<Sample, Map<String, @Nullable Object>>> EVENTS = signed();

    private static Map<String, Function<Sample, Map<String, @Nullable Object>>> payments() {
        var payments = new TreeMap<String, Function<Sample, Map<String, @Nullable Object>>>();
        // spotless:off
        payments.put("payment.open",                s -> MollieObjects.payment(s, "open"));
        payments.put("payment.paid",                s -> MollieObjects.payment(s, "paid"));
        payments.put("payment.failed",              s -> MollieObjects.payment(s, "failed"));
        payments.put("payment.canceled",            s -> MollieObjects.payment(s, "canceled"));
        payments.put("payment.expired",             s -> MollieObjects.payment(s, "expired"));
        payments.put("payment.open.subscription",   s -> MollieObjects.renewal(s, "open"));
        payments.put("payment.paid.subscription",   s -> MollieObjects.renewal(s, "paid"));
        payments.put("payment.failed.subscription", s -> MollieObjects.renewal(s, "failed"));
        // spotless:on
        return payments;
    }

    private static Map<String, Function<Sample, Map<String, @Nullable Object>>> signed() {
        var events = new TreeMap<String, Function<Sample, Map<String, @Nullable Object>>>();
        // spotless:off
        events.put("refund.queued",       s -> MollieObjects.refund(s, "queued"));
        events.put("refund.refunded",     s -> MollieObjects.refund(s, "refunded"));
        events.put("refund.failed",       s -> MollieObjects.refund(s, "failed"));
        events.put("chargeback.received", s -> MollieObjects.chargeback(s, false));
        events.put("chargeback.reversed", s -> MollieObjects.chargeback(s, true));
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

    /** Classic webhooks are not signed, so an account with nothing but an API key can be simulated, too. */
    @Override
    public Optional<String> signsWith(Settings account) {
        return account.has("secrets") ? Senders.secrets(account).stream().findFirst() : Optional.of("");
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.signingWith(FORGED);
    }

    @Override
    public Ids ids(String token) {
        return new Ids("event_" + token, "tr_" + token, "tr_" + token, "sub_" + token);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var payment = PAYMENTS.get(event);
        var id = sample.ids().payment();
        if (payment != null) {
            return new Draft(FORM, "", Bytes.utf8("id=" + id))
                    .withDocument("/v2/payments/" + id, Json.compact(payment.apply(sample)));
        }
        var entity = EVENTS.getOrDefault(event, s -> Json.object()).apply(sample);
        var body = Json.object(
                "resource", "event",
                "id", sample.ids().event(),
                "type", event,
                "entityId", entity.get("id"),
                "createdAt", sample.at().toString(),
                "_embedded", Json.object("entity", entity));
        return new Draft("application/json", sample.ids().event(), Json.compact(body));
    }

    /** Nobody can forge what Mollie shows: of a forged hint it knows nothing. */
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
