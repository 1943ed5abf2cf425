package ipn.simulator;

import ipn.fact.Fact.ReferenceName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/** The variables of PayPal's messages. */
final class PayPalForms {
    private static final DateTimeFormatter PACIFIC = DateTimeFormatter.ofPattern("HH:mm:ss MMM dd, yyyy zzz", Locale.US)
            .withZone(ZoneId.of("America/Los_Angeles"));

    private PayPalForms() {}

    static PayPalForm sale(Sample sample, Sender sender, String status) {
        var form = common(sample, sender);
        return form.add("txn_id", sample.ids().payment())
                .add("payment_type", "instant")
                .add("payment_status", status)
                .add("payment_date", date(sample.at()))
                .add("mc_gross", gross(sample))
                .add("mc_currency", sample.amount().currency());
    }

    /** Money that went back: a transaction of its own, which names the sale as its parent. */
    static PayPalForm moneyBack(Sample sample, Sender sender, String status, String reason, String mark) {
        return child(sample, sender, mark)
                .add("payment_status", status)
                .add("reason_code", reason)
                .add("mc_gross", "-" + gross(sample));
    }

    /** A reversal that was canceled: the money is back with the merchant. */
    static PayPalForm moneyReturned(Sample sample, Sender sender) {
        return child(sample, sender, "C")
                .add("payment_status", "Canceled_Reversal")
                .add("reason_code", "chargeback")
                .add("mc_gross", gross(sample));
    }

    static PayPalForm dispute(Sample sample, Sender sender) {
        return common(sample, sender)
                .add("txn_type", "new_case")
                .add("txn_id", sample.ids().payment())
                .add("case_id", "PP-" + sample.ids().payment())
                .add("case_type", "dispute")
                .add("reason_code", "unauthorized")
                .add("case_creation_date", date(sample.at()));
    }

    /** A subscription's own messages: they move no money. */
    static PayPalForm subscription(Sample sample, Sender sender, String type) {
        return common(sample, sender)
                .add("txn_type", type)
                .add("subscr_id", sample.ids().subscription())
                .add("subscr_date", date(sample.at()))
                .add("mc_amount3", gross(sample))
                .add("mc_currency", sample.amount().currency())
                .add("period3", "1 M")
                .add("recurring", "1");
    }

    private static PayPalForm child(Sample sample, Sender sender, String mark) {
        var parent = sample.ids().payment();
        return common(sample, sender)
                .add("parent_txn_id", parent)
                .add("txn_id", mark + parent.substring(1))
                .add("payment_type", "instant")
                .add("payment_date", date(sample.at()))
                .add("mc_currency", sample.amount().currency());
    }

    private static PayPalForm common(Sample sample, Sender sender) {
        var form = new PayPalForm()
                .add("notify_version", "3.9")
                .add("charset", "windows-1252")
                .add("business", sender.says("receiver"))
                .add("receiver_email", sender.says("receiver"))
                .add("first_name", "Zo\u00eb")
                .add("ipn_track_id", sample.ids().event().toLowerCase(Locale.ROOT));
        custom(sample).ifPresent(value -> form.add("custom", value));
        sample.says(ReferenceName.ORDER).ifPresent(value -> form.add("invoice", value));
        sample.says(ReferenceName.PRODUCT).ifPresent(value -> form.add("item_number", value));
        return form;
    }

    /** The one variable for the merchant's own use: the subject, or several words as a query string. */
    private static Optional<String> custom(Sample sample) {
        var subject = sample.says(ReferenceName.SUBJECT);
        return sample.says(ReferenceName.REFERENCE)
                .map(reference -> "user_id=" + subject.orElse("") + "&reference=" + reference)
                .or(() -> subject);
    }

    private static String date(Instant at) {
        return PACIFIC.format(at);
    }

    private static String gross(Sample sample) {
        var digits = Currency.getInstance(sample.amount().currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(sample.amount().minorUnits(), digits).toPlainString();
    }
}
