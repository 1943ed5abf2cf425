package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.fact.Fact.ReferenceName;
import ipn.gateway.braintree.BraintreeGateway;
import ipn.gateway.braintree.BraintreeSignature;
import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.template.TemplateValues;
import ipn.simulator.template.XmlTemplate;
import ipn.simulator.template.XmlTemplate.Xml;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Braintree's notifications. It signs with a key pair, so the secret of the sender is both keys, joined by a bar. */
public final class BraintreeSimulator implements SimulatedGateway {
    private static final XmlTemplate NOTIFICATION = XmlTemplate.load("braintree/notification.xml");
    private static final XmlTemplate TRANSACTION = XmlTemplate.load("braintree/transaction.xml");
    private static final XmlTemplate REFUND = XmlTemplate.load("braintree/refund.xml");
    private static final XmlTemplate DISPUTE = XmlTemplate.load("braintree/dispute.xml");
    private static final XmlTemplate SUBSCRIPTION = XmlTemplate.load("braintree/subscription.xml");
    private static final XmlTemplate CHECK = XmlTemplate.load("braintree/check.xml");
    private static final Xml NOTHING = new Xml("");

    // spotless:off
    private static final Map<String, Function<TemplateValues, Xml>> SUBJECTS = Map.ofEntries(
            Map.entry("transaction_settled",                    v -> transaction(v, "settled")),
            Map.entry("transaction_settled.refund",             REFUND::fill),
            Map.entry("transaction_settlement_declined",        v -> transaction(v, "settlement_declined")),
            Map.entry("refund_failed",                          REFUND::fill),
            Map.entry("dispute_opened",                         v -> dispute(v, "open")),
            Map.entry("dispute_won",                            v -> dispute(v, "won")),
            Map.entry("dispute_lost",                           v -> dispute(v, "lost")),
            Map.entry("subscription_charged_successfully",      v -> subscription(v, "Active", transaction(v, "submitted_for_settlement"))),
            Map.entry("subscription_charged_unsuccessfully",    v -> subscription(v, "Past Due", transaction(v, "processor_declined"))),
            Map.entry("subscription_went_active",               v -> subscription(v, "Active", transaction(v, "submitted_for_settlement"))),
            Map.entry("subscription_went_past_due",             v -> subscription(v, "Past Due", NOTHING)),
            Map.entry("subscription_canceled",                  v -> subscription(v, "Canceled", NOTHING)),
            Map.entry("subscription_expired",                   v -> subscription(v, "Expired", NOTHING)),
            Map.entry("check",                                  CHECK::fill));
    // spotless:on

    @Override
    public String name() {
        return BraintreeGateway.NAME;
    }

    @Override
    public Set<String> events() {
        return new TreeSet<>(SUBJECTS.keySet());
    }

    @Override
    public Ids ids(String token) {
        return new Ids("evt" + token, "tx" + token, "invoice" + token, "sub" + token);
    }

    @Override
    public Optional<String> signingSecret(Settings account) {
        var pairs = account.in("key-pairs");
        return pairs.names().stream()
                .findFirst()
                .flatMap(publicKey -> pairs.secrets(publicKey, true, 1).stream()
                        .findFirst()
                        .map(secret -> publicKey + "|" + secret.text()));
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.withSecret(publicKey(sender) + "|forged_private_key");
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var kind = event.replaceFirst("\\..*$", "");
        var values = TemplateValues.of(sample, sender);
        var subject = Events.find(SUBJECTS, event).apply(values);
        var notification = NOTIFICATION.fill(values.with("kind", kind).with("subject_element", subject));
        return new Draft("application/x-www-form-urlencoded", sample.ids().event(), Bytes.utf8(notification.text()));
    }

    private static Xml transaction(TemplateValues values, String status) {
        return TRANSACTION.fill(values.with("status", status));
    }

    private static Xml dispute(TemplateValues values, String status) {
        return DISPUTE.fill(values.with("status", status));
    }

    /** Braintree's periods include their last day, so that is the day before the sample's period ends. */
    private static Xml subscription(TemplateValues values, String status, Xml transactions) {
        var sample = values.sample();
        return SUBSCRIPTION.fill(values.with("status", status)
                .with("plan", sample.reference(ReferenceName.PRODUCT).orElse("premium"))
                .with("first_day", day(sample.period().from()))
                .with("last_day", day(sample.period().until().minus(Duration.ofDays(1))))
                .with("transactions", transactions));
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String publicKey(Sender sender) {
        return sender.secret().substring(0, sender.secret().indexOf('|'));
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var payload = Base64.getMimeEncoder(60, new byte[] {'\n'})
                        .encodeToString(draft.body().array())
                + "\n";
        var privateKey = sender.secret().substring(sender.secret().indexOf('|') + 1);
        var signature = BraintreeSignature.sign(payload, publicKey(sender), privateKey);
        var form = "bt_signature=" + URLEncoder.encode(signature, UTF_8) + "&bt_payload="
                + URLEncoder.encode(payload, UTF_8);
        return draft.withBody(Bytes.utf8(form)).signed(Map.of());
    }
}
