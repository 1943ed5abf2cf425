package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.Senders;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.signing.Hmac;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A sender that follows the Standard Webhooks specification; the default settings can read its bodies. */
public final class StandardWebhooksSimulator implements SimulatedGateway {
    private static final JsonTemplate EVENT = JsonTemplate.load("standard-webhooks/event.json");

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
    public Optional<String> signingSecret(Settings account) {
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
        var ids = sample.ids();
        var token = ids.payment().substring(ids.payment().indexOf('_') + 1);
        var dispute = event.startsWith("dispute.");
        var subscription = event.startsWith("subscription.");
        var body = EVENT.fill(TemplateValues.of(sample, sender)
                .with("type", event)
                .withIf(event.startsWith("refund."), "refund_id", () -> "ref_" + token)
                .withIf(dispute, "dispute_id", () -> "dsp_" + token)
                .withIf(dispute, "dispute_reason", () -> "fraudulent")
                .withIf(subscription, "subscription_id", ids::subscription)
                .withIf(
                        subscription,
                        "period_start",
                        () -> sample.period().from().toString())
                .withIf(
                        subscription,
                        "period_end",
                        () -> sample.period().until().toString()));
        return new Draft("application/json", ids.event(), Json.compact(body));
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
