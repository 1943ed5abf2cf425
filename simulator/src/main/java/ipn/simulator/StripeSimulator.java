package ipn.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Stripe, snapshot events of a current API version. */
public final class StripeSimulator implements SimulatedGateway {
    private static final String API_VERSION = "2026-07-29.dahlia";

    /** Event name to the object it shows. A last word that Stripe's types do not have tells variants of one type apart. */
    private static final Map<String, Function<Sample, Map<String, ?>>> OBJECTS = objects();

    private static Map<String, Function<Sample, Map<String, ?>>> objects() {
        var objects = new TreeMap<String, Function<Sample, Map<String, ?>>>();
        // spotless:off
        objects.put("payment_intent.created",                     s -> StripePayments.intent(s, "requires_payment_method"));
        objects.put("payment_intent.processing",                  s -> StripePayments.intent(s, "processing"));
        objects.put("payment_intent.amount_capturable_updated",   s -> StripePayments.intent(s, "requires_capture"));
        objects.put("payment_intent.succeeded",                   s -> StripePayments.intent(s, "succeeded"));
        objects.put("payment_intent.payment_failed",              s -> StripePayments.intent(s, "requires_payment_method"));
        objects.put("payment_intent.canceled",                    s -> StripePayments.intent(s, "canceled"));
        objects.put("charge.refunded",                            StripePayments::refundedCharge);
        objects.put("refund.created",                             s -> StripePayments.refund(s, "succeeded"));
        objects.put("refund.updated",                             s -> StripePayments.refund(s, "succeeded"));
        objects.put("refund.failed",                              s -> StripePayments.refund(s, "failed"));
        objects.put("charge.dispute.created",                     s -> StripePayments.dispute(s, "needs_response"));
        objects.put("charge.dispute.closed.won",                  s -> StripePayments.dispute(s, "won"));
        objects.put("charge.dispute.closed.lost",                 s -> StripePayments.dispute(s, "lost"));
        objects.put("radar.early_fraud_warning.created",          StripePayments::fraudWarning);
        objects.put("invoice.paid",                               s -> StripeBilling.invoice(s, "paid"));
        objects.put("invoice.payment_failed",                     s -> StripeBilling.invoice(s, "open"));
        objects.put("invoice_payment.paid",                       StripeBilling::invoicePayment);
        objects.put("customer.subscription.created",              s -> StripeBilling.subscription(s, "active"));
        objects.put("customer.subscription.updated",              s -> StripeBilling.subscription(s, "active"));
        objects.put("customer.subscription.updated.past_due",     s -> StripeBilling.subscription(s, "past_due"));
        objects.put("customer.subscription.updated.will_cancel",  s -> StripeBilling.subscription(s, "will_cancel"));
        objects.put("customer.subscription.deleted",              s -> StripeBilling.subscription(s, "canceled"));
        // spotless:on
        return objects;
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public Set<String> events() {
        return OBJECTS.keySet();
    }

    @Override
    public Ids ids(String token) {
        return new Ids("evt_" + token, "pi_" + token, "in_" + token, "sub_" + token);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var type = event.replaceFirst("^(charge\\.dispute\\.closed|customer\\.subscription\\.updated)\\..*", "$1");
        var body = Json.object(
                "id", sample.ids().event(),
                "object", "event",
                "api_version", API_VERSION,
                "created", sample.at().getEpochSecond(),
                "data",
                        Json.object(
                                "object",
                                live(OBJECTS.getOrDefault(event, s -> Map.of()).apply(sample), sender)),
                "livemode", sender.account().live(),
                "pending_webhooks", 1,
                "request", Json.object("id", null, "idempotency_key", null),
                "type", type);
        return new Draft("application/json; charset=utf-8", sample.ids().event(), Json.pretty(body));
    }

    private static Map<String, ?> live(Map<String, ?> object, Sender sender) {
        var all = Json.object("livemode", sender.account().live());
        all.putAll(object);
        return all;
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var time = Long.toString(now.getEpochSecond());
        // Stripe's key is the secret as it stands, prefix included
        var signature = Hmac.sha256(
                sender.secret().getBytes(UTF_8),
                (time + ".").getBytes(US_ASCII),
                draft.body().array());
        return new Outgoing(
                Map.of(
                        "Content-Type",
                        draft.contentType(),
                        "User-Agent",
                        "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
                        "Stripe-Signature",
                        "t=" + time + ",v1=" + HexFormat.of().formatHex(signature)),
                draft.body());
    }
}
