package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** PayPal's classic IPN: a form in windows-1252 that names no signature; PayPal is asked instead, see {@link GatewayStandIn}. */
public final class PayPalSimulator implements SimulatedGateway {
    private static final Map<String, BiFunction<Sample, Sender, PayPalForm>> FORMS = forms();

    private static Map<String, BiFunction<Sample, Sender, PayPalForm>> forms() {
        var forms = new TreeMap<String, BiFunction<Sample, Sender, PayPalForm>>();
        // spotless:off
        forms.put("web_accept",         (s, to) -> PayPalForms.sale(s, to, "Completed").add("txn_type", "web_accept"));
        forms.put("web_accept.pending", (s, to) -> PayPalForms.sale(s, to, "Pending").add("txn_type", "web_accept").add("pending_reason", "echeck"));
        forms.put("web_accept.failed",  (s, to) -> PayPalForms.sale(s, to, "Failed").add("txn_type", "web_accept"));
        forms.put("subscr_signup",      (s, to) -> PayPalForms.subscription(s, to, "subscr_signup"));
        forms.put("subscr_payment",     (s, to) -> PayPalForms.sale(s, to, "Completed").add("txn_type", "subscr_payment").add("subscr_id", s.ids().subscription()));
        forms.put("subscr_failed",      (s, to) -> PayPalForms.subscription(s, to, "subscr_failed"));
        forms.put("subscr_cancel",      (s, to) -> PayPalForms.subscription(s, to, "subscr_cancel"));
        forms.put("subscr_eot",         (s, to) -> PayPalForms.subscription(s, to, "subscr_eot"));
        forms.put("refund",             (s, to) -> PayPalForms.moneyBack(s, to, "Refunded", "refund", "R"));
        forms.put("reversed",           (s, to) -> PayPalForms.moneyBack(s, to, "Reversed", "chargeback", "V"));
        forms.put("canceled_reversal",  (s, to) -> PayPalForms.moneyReturned(s, to));
        forms.put("new_case",           (s, to) -> PayPalForms.dispute(s, to));
        // spotless:on
        return forms;
    }

    @Override
    public String name() {
        return "paypal-ipn";
    }

    /** Nothing is signed: what the stand-in for PayPal recognises is its own mark. */
    @Override
    public Optional<String> signsWith(Settings account) {
        return Optional.of(GatewayStandIn.TEST_KEY);
    }

    @Override
    public Set<String> events() {
        return FORMS.keySet();
    }

    @Override
    public Ids ids(String token) {
        var id = token.toUpperCase(java.util.Locale.ROOT);
        return new Ids(id, id, id, "S-" + id);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var form = FORMS.getOrDefault(event, (s, to) -> new PayPalForm()).apply(sample, sender);
        if (!sender.account().live()) {
            form.add("test_ipn", "1");
        }
        return new Draft("application/x-www-form-urlencoded", sample.ids().event(), form.bytes());
    }

    @Override
    public Draft garbled(Draft draft) {
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
