package ipn.simulator.vendor;

import ipn.fact.Fact.ReferenceName;
import ipn.simulator.template.FormTemplate;
import ipn.simulator.template.TemplateValues;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** PayPal's IPN messages: URL-encoded forms in windows-1252. */
final class PayPalIpnMessages {
    private static final Charset CHARSET = Charset.forName("windows-1252");
    private static final FormTemplate COMMON = FormTemplate.load("paypal-ipn/common.form", CHARSET);
    private static final FormTemplate SALE = FormTemplate.load("paypal-ipn/sale.form", CHARSET);
    private static final FormTemplate REVERSAL = FormTemplate.load("paypal-ipn/reversal.form", CHARSET);
    private static final FormTemplate DISPUTE = FormTemplate.load("paypal-ipn/dispute.form", CHARSET);
    private static final FormTemplate SUBSCRIPTION = FormTemplate.load("paypal-ipn/subscription.form", CHARSET);

    private static final DateTimeFormatter PACIFIC = DateTimeFormatter.ofPattern("HH:mm:ss MMM dd, yyyy zzz", Locale.US)
            .withZone(ZoneId.of("America/Los_Angeles"));

    private PayPalIpnMessages() {}

    static String sale(TemplateValues values, String status, Optional<String> pendingReason) {
        return common(values)
                + SALE.fill(sale(values, "web_accept", status)
                        .with("pending_reason", pendingReason)
                        .with("subscription_id", Optional.empty()));
    }

    static String subscriptionPayment(TemplateValues values) {
        return common(values)
                + SALE.fill(sale(values, "subscr_payment", "Completed")
                        .with("pending_reason", Optional.empty())
                        .with(
                                "subscription_id",
                                Optional.of(values.sample().ids().subscription())));
    }

    private static TemplateValues sale(TemplateValues values, String type, String status) {
        return dated(values).with("type", type).with("status", status);
    }

    /** Money returned to the buyer: a transaction of its own, whose parent is the sale. */
    static String reversal(TemplateValues values, String status, String reason, String idPrefix) {
        return reversal(values, status, reason, idPrefix, "-");
    }

    /** A canceled reversal: the merchant has the money again. */
    static String canceledReversal(TemplateValues values) {
        return reversal(values, "Canceled_Reversal", "chargeback", "C", "");
    }

    private static String reversal(TemplateValues values, String status, String reason, String idPrefix, String sign) {
        return common(values)
                + REVERSAL.fill(dated(values)
                        .with(
                                "transaction",
                                idPrefix + values.sample().ids().payment().substring(1))
                        .with("status", status)
                        .with("reason", reason)
                        .with("sign", sign));
    }

    static String dispute(TemplateValues values) {
        return common(values) + DISPUTE.fill(dated(values));
    }

    /** A change of a subscription, without a payment. */
    static String subscription(TemplateValues values, String type) {
        return common(values) + SUBSCRIPTION.fill(dated(values).with("type", type));
    }

    private static String common(TemplateValues values) {
        var sample = values.sample();
        return COMMON.fill(values.with("track_id", sample.ids().event().toLowerCase(Locale.ROOT))
                        .with("custom", custom(values)))
                + "&";
    }

    /** PayPal has one variable for the merchant: the subject, or a query string of several references. */
    private static Optional<String> custom(TemplateValues values) {
        var subject = values.sample().reference(ReferenceName.SUBJECT);
        return values.sample()
                .reference(ReferenceName.REFERENCE)
                .map(reference -> "user_id=" + subject.orElse("") + "&reference=" + reference)
                .or(() -> subject);
    }

    private static TemplateValues dated(TemplateValues values) {
        return values.with("date", PACIFIC.format(values.sample().at()));
    }
}
