package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.signing.Hmac;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Stripe, snapshot events of a current API version. */
public final class StripeSimulator implements SimulatedGateway {
    private static final JsonTemplate EVENT = JsonTemplate.load("stripe/event.json");

    /** Event name to its object. A suffix that Stripe's types do not have distinguishes variants of one type. */
    private static final Map<String, Function<TemplateValues, ObjectNode>> OBJECTS = objects();

    private static Map<String, Function<TemplateValues, ObjectNode>> objects() {
        var objects = new TreeMap<String, Function<TemplateValues, ObjectNode>>();
        // spotless:off
        objects.put("payment_intent.created",                     v -> StripePayments.intent(v, "requires_payment_method"));
        objects.put("payment_intent.processing",                  v -> StripePayments.intent(v, "processing"));
        objects.put("payment_intent.amount_capturable_updated",   v -> StripePayments.intent(v, "requires_capture"));
        objects.put("payment_intent.succeeded",                   v -> StripePayments.intent(v, "succeeded"));
        objects.put("payment_intent.payment_failed",              v -> StripePayments.intent(v, "requires_payment_method"));
        objects.put("payment_intent.canceled",                    v -> StripePayments.intent(v, "canceled"));
        objects.put("charge.refunded",                            StripePayments::refundedCharge);
        objects.put("refund.created",                             v -> StripePayments.refund(v, "succeeded"));
        objects.put("refund.created.part",                        StripePayments::refundOfPart);
        objects.put("refund.updated",                             v -> StripePayments.refund(v, "succeeded"));
        objects.put("refund.failed",                              v -> StripePayments.refund(v, "failed"));
        objects.put("charge.dispute.created",                     v -> StripePayments.dispute(v, "needs_response"));
        objects.put("charge.dispute.closed.won",                  v -> StripePayments.dispute(v, "won"));
        objects.put("charge.dispute.closed.lost",                 v -> StripePayments.dispute(v, "lost"));
        objects.put("charge.dispute.closed.part",                 StripePayments::disputeOfPart);
        objects.put("radar.early_fraud_warning.created",          StripePayments::fraudWarning);
        objects.put("invoice.paid",                               v -> StripeBilling.invoice(v, "paid"));
        objects.put("invoice.paid.discounted",                    StripeBilling::discountedInvoice);
        objects.put("invoice.paid.upgrade",                       StripeBilling::upgradeInvoice);
        objects.put("invoice.payment_failed",                     v -> StripeBilling.invoice(v, "open"));
        objects.put("invoice_payment.paid",                       StripeBilling::invoicePayment);
        objects.put("customer.subscription.created",              v -> StripeBilling.subscription(v, "active"));
        objects.put("customer.subscription.updated",              v -> StripeBilling.subscription(v, "active"));
        objects.put("customer.subscription.updated.past_due",     v -> StripeBilling.subscription(v, "past_due"));
        objects.put("customer.subscription.updated.will_cancel",  StripeBilling::endingSubscription);
        objects.put("customer.subscription.deleted",              v -> StripeBilling.subscription(v, "canceled"));
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
        var type = event.replaceFirst(
                "^(charge\\.dispute\\.closed|customer\\.subscription\\.updated|invoice\\.paid|refund\\.created)\\..*",
                "$1");
        var values = TemplateValues.of(sample, sender);
        var object = Events.find(OBJECTS, event).apply(values);
        var body = EVENT.fill(values.with("type", type).with("object", object));
        return new Draft("application/json; charset=utf-8", sample.ids().event(), Json.pretty(body));
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var time = Long.toString(now.getEpochSecond());
        // Stripe's key is the whole secret, with its prefix
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
