package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.simulator.GatewayStandIn;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** PayPal's classic IPN: unsigned forms, which the receiver has PayPal verify; see {@link GatewayStandIn}. */
public final class PayPalIpnSimulator implements SimulatedGateway {
    private static final Map<String, Function<TemplateValues, String>> MESSAGES = messages();

    private static Map<String, Function<TemplateValues, String>> messages() {
        var messages = new TreeMap<String, Function<TemplateValues, String>>();
        // spotless:off
        messages.put("web_accept",         v -> PayPalIpnMessages.sale(v, "Completed", Optional.empty()));
        messages.put("web_accept.pending", v -> PayPalIpnMessages.sale(v, "Pending", Optional.of("echeck")));
        messages.put("web_accept.failed",  v -> PayPalIpnMessages.sale(v, "Failed", Optional.empty()));
        messages.put("subscr_signup",      v -> PayPalIpnMessages.subscription(v, "subscr_signup"));
        messages.put("subscr_payment",     PayPalIpnMessages::subscriptionPayment);
        messages.put("subscr_failed",      v -> PayPalIpnMessages.subscription(v, "subscr_failed"));
        messages.put("subscr_cancel",      v -> PayPalIpnMessages.subscription(v, "subscr_cancel"));
        messages.put("subscr_eot",         v -> PayPalIpnMessages.subscription(v, "subscr_eot"));
        messages.put("refund",             v -> PayPalIpnMessages.reversal(v, "Refunded", "refund", "R"));
        messages.put("reversed",           v -> PayPalIpnMessages.reversal(v, "Reversed", "chargeback", "V"));
        messages.put("canceled_reversal",  PayPalIpnMessages::canceledReversal);
        messages.put("new_case",           PayPalIpnMessages::dispute);
        // spotless:on
        return messages;
    }

    @Override
    public String name() {
        return "paypal-ipn";
    }

    /** Messages are not signed; the stand-in recognizes those marked with its key. */
    @Override
    public Optional<String> signingSecret(Settings account) {
        return Optional.of(GatewayStandIn.TEST_KEY);
    }

    @Override
    public Set<String> events() {
        return MESSAGES.keySet();
    }

    @Override
    public Ids ids(String token) {
        var id = token.toUpperCase(java.util.Locale.ROOT);
        return new Ids(id, id, id, "S-" + id);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var message = Events.find(MESSAGES, event).apply(TemplateValues.of(sample, sender));
        var body = sender.account().live() ? message : message + "&test_ipn=1";
        return new Draft("application/x-www-form-urlencoded", sample.ids().event(), Bytes.utf8(body));
    }

    @Override
    public Draft malformed(Draft draft) {
        return draft.withBody(Bytes.utf8(draft.body().utf8() + "&memo=%zz"));
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var sign = GatewayStandIn.sign(draft.body().utf8(), sender.secret().getBytes(UTF_8));
        return new Outgoing(
                Map.of("Content-Type", draft.contentType(), "User-Agent", "PayPal IPN ( https://www.paypal.com/ipn )"),
                Bytes.utf8(draft.body().utf8() + "&verify_sign=" + sign));
    }
}
