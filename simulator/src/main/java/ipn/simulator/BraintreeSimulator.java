package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.fact.Fact.ReferenceName;
import ipn.gateway.braintree.BraintreeGateway;
import ipn.gateway.braintree.BraintreeSignature;
import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Braintree's notifications. It signs with a key pair, so its secret is the two, joined by a bar. */
public final class BraintreeSimulator implements SimulatedGateway {
    // spotless:off
    private static final Map<String, Function<Sample, String>> SUBJECTS = Map.ofEntries(
            Map.entry("transaction_settled",                    sample -> transaction(sample, "settled")),
            Map.entry("transaction_settled.refund",             BraintreeSimulator::refund),
            Map.entry("transaction_settlement_declined",        sample -> transaction(sample, "settlement_declined")),
            Map.entry("refund_failed",                          BraintreeSimulator::refund),
            Map.entry("dispute_opened",                         sample -> dispute(sample, "open")),
            Map.entry("dispute_won",                            sample -> dispute(sample, "won")),
            Map.entry("dispute_lost",                           sample -> dispute(sample, "lost")),
            Map.entry("subscription_charged_successfully",      sample -> subscription(sample, "Active", transaction(sample, "submitted_for_settlement"))),
            Map.entry("subscription_charged_unsuccessfully",    sample -> subscription(sample, "Past Due", transaction(sample, "processor_declined"))),
            Map.entry("subscription_went_active",               sample -> subscription(sample, "Active", transaction(sample, "submitted_for_settlement"))),
            Map.entry("subscription_went_past_due",             sample -> subscription(sample, "Past Due", "")),
            Map.entry("subscription_canceled",                  sample -> subscription(sample, "Canceled", "")),
            Map.entry("subscription_expired",                   sample -> subscription(sample, "Expired", "")),
            Map.entry("check",                                  sample -> "<check type=\"boolean\">true</check>"));
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
        return new Ids("evt" + token, "tx" + token, "bill" + token, "sub" + token);
    }

    @Override
    public Optional<String> signsWith(Settings account) {
        var pairs = account.in("key-pairs");
        return pairs.names().stream()
                .findFirst()
                .flatMap(publicKey -> pairs.secrets(publicKey, true, 1).stream()
                        .findFirst()
                        .map(secret -> publicKey + "|" + secret.text()));
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.signingWith(publicKey(sender) + "|forged_private_key");
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var kind = event.replaceFirst("\\..*$", "");
        var subject = SUBJECTS.getOrDefault(event, unknown -> "").apply(sample);
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<notification>" + text("kind", kind)
                + text("timestamp", sample.at().toString()) + "<subject>" + subject + "</subject></notification>";
        return new Draft("application/x-www-form-urlencoded", sample.ids().event(), Bytes.utf8(xml));
    }

    private static String transaction(Sample sample, String status) {
        return "<transaction>" + text("id", sample.ids().payment()) + text("status", status) + text("type", "sale")
                + money(sample, "amount") + words(sample) + "</transaction>";
    }

    private static String refund(Sample sample) {
        return "<transaction>" + text("id", "rf" + sample.ids().payment()) + text("status", "settled")
                + text("type", "credit") + money(sample, "amount")
                + text("refunded-transaction-id", sample.ids().payment()) + "</transaction>";
    }

    private static String dispute(Sample sample, String status) {
        return "<dispute>" + text("id", "dsp" + sample.ids().payment()) + text("kind", "chargeback")
                + text("status", status) + text("reason", "fraud") + money(sample, "amount-disputed")
                + "<transaction>" + text("id", sample.ids().payment()) + "</transaction></dispute>";
    }

    /** What was paid for ends the day before the period does. */
    private static String subscription(Sample sample, String status, String transactions) {
        var last = day(sample.period().until().minus(java.time.Duration.ofDays(1)));
        return "<subscription>" + text("id", sample.ids().subscription())
                + text("plan-id", sample.says(ReferenceName.PRODUCT).orElse("premium")) + text("status", status)
                + text("billing-period-start-date", day(sample.period().from()))
                + text("billing-period-end-date", last) + text("paid-through-date", last)
                + "<transactions type=\"array\">" + transactions + "</transactions></subscription>";
    }

    private static String words(Sample sample) {
        var custom = new StringBuilder();
        sample.says(ReferenceName.SUBJECT).ifPresent(word -> custom.append(text("user-id", word)));
        sample.says(ReferenceName.PRODUCT).ifPresent(word -> custom.append(text("product", word)));
        sample.says(ReferenceName.REFERENCE).ifPresent(word -> custom.append(text("reference", word)));
        return sample.says(ReferenceName.ORDER)
                        .map(order -> text("order-id", order))
                        .orElse("") + "<custom-fields>" + custom + "</custom-fields>";
    }

    private static String money(Sample sample, String name) {
        var money = sample.amount();
        var digits = Math.max(0, Currency.getInstance(money.currency()).getDefaultFractionDigits());
        return text(name, BigDecimal.valueOf(money.minorUnits(), digits).toPlainString())
                + text("currency-iso-code", money.currency());
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String text(String name, String text) {
        return "<" + name + ">"
                + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</" + name + ">";
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
