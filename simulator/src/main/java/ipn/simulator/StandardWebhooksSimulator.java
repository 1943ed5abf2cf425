package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.fact.Fact.ReferenceName;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A sender after the Standard Webhooks specification, with bodies such as the built-in settings map. */
public final class StandardWebhooksSimulator implements SimulatedGateway {
    private static final Set<String> EVENTS = new TreeSet<>(List.of(
            "payment.succeeded",
            "payment.pending",
            "payment.failed",
            "refund.succeeded",
            "dispute.opened",
            "dispute.won",
            "dispute.lost",
            "subscription.renewed",
            "subscription.canceled"));

    @Override
    public String name() {
        return "standard-webhooks";
    }

    @Override
    public Optional<String> signsWith(Settings account) {
        var secrets = Senders.secrets(account);
        var usable =
                secrets.stream().filter(secret -> secret.startsWith("whsec_")).findFirst();
        if (usable.isEmpty() && !secrets.isEmpty()) {
            account.problems().add(account.full("secrets"), "none can sign", "a shared secret, whsec_...");
        }
        return usable;
    }

    @Override
    public Set<String> events() {
        return EVENTS;
    }

    @Override
    public Ids ids(String token) {
        return new Ids("msg_" + token, "pay_" + token, "bill_" + token, "sub_" + token);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var body = Json.object("type", event, "timestamp", sample.at().toString(), "data", data(event, sample));
        return new Draft("application/json", sample.ids().event(), Json.compact(body));
    }

    private static Map<String, ?> data(String event, Sample sample) {
        var data = Json.object(
                "payment_id", sample.ids().payment(),
                "amount", sample.amount().minorUnits(),
                "currency", sample.amount().currency());
        sample.says(ReferenceName.ORDER).ifPresent(value -> data.put("order_id", value));
        sample.says(ReferenceName.SUBJECT).ifPresent(value -> data.put("customer_id", value));
        sample.says(ReferenceName.PRODUCT).ifPresent(value -> data.put("product", value));
        sample.says(ReferenceName.REFERENCE).ifPresent(value -> data.put("reference", value));
        var token = sample.ids().payment().replaceFirst("^[^_]*_", "");
        if (event.startsWith("refund.")) {
            data.put("refund_id", "ref_" + token);
        } else if (event.startsWith("dispute.")) {
            data.put("dispute_id", "dsp_" + token);
            data.put("reason", "fraudulent");
        } else if (event.startsWith("subscription.")) {
            data.put("subscription_id", sample.ids().subscription());
            data.put("period_start", sample.period().from().toString());
            data.put("period_end", sample.period().until().toString());
        }
        return data;
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var time = Long.toString(now.getEpochSecond());
        var key = Base64.getDecoder().decode(sender.secret().replaceFirst("^whsec_", ""));
        var signature = Hmac.sha256(
                key,
                (draft.eventId() + "." + time + ".").getBytes(UTF_8),
                draft.body().array());
        return new Outgoing(
                Map.of(
                        "Content-Type",
                        draft.contentType(),
                        "webhook-id",
                        draft.eventId(),
                        "webhook-timestamp",
                        time,
                        "webhook-signature",
                        "v1," + Base64.getEncoder().encodeToString(signature)),
                draft.body());
    }
}
