package ipn.gateway.braintree;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Receiver;
import ipn.gateway.References;
import ipn.gateway.Translation;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Times;
import java.util.Map;
import java.util.function.Function;

/**
 * Translates a notification. A notification does not contain its mode; the key pair determines it.
 *
 * @param merchantAccounts merchant accounts whose events are accepted
 * @param words the names of the merchant's references in the custom fields
 */
record BraintreeTranslator(AccountId account, Receiver merchantAccounts, References words) {
    // spotless:off
    private static final Map<String, Function<BraintreeEvent, EventContent>> READERS = Map.ofEntries(
            entry("transaction_settled",                    Transactions::settled),
            entry("transaction_settlement_declined",        Transactions::settlementDeclined),
            entry("transaction_retried",                    Transactions::retried),
            entry("transaction_reviewed",                   Transactions::reviewed),
            entry("refund_failed",                          Transactions::refundFailed),
            entry("local_payment_completed",                LocalPayments::completed),
            entry("local_payment_funded",                   LocalPayments::funded),
            entry("local_payment_expired",                  LocalPayments::expired),
            entry("local_payment_reversed",                 LocalPayments::reversed),
            entry("dispute_opened",                         Disputes::open),
            entry("dispute_under_review",                   Disputes::open),
            entry("dispute_disputed",                       Disputes::open),
            entry("dispute_won",                            Disputes::won),
            entry("dispute_lost",                           Disputes::lost),
            entry("dispute_accepted",                       Disputes::lost),
            entry("dispute_auto_accepted",                  Disputes::lost),
            entry("dispute_expired",                        Disputes::lost),
            entry("subscription_charged_successfully",      Charges::succeeded),
            entry("subscription_charged_unsuccessfully",    Charges::failed),
            entry("subscription_billing_skipped",           Charges::skipped),
            entry("subscription_went_active",               Subscriptions::active),
            entry("subscription_trial_ended",               Subscriptions::active),
            entry("subscription_went_past_due",             Subscriptions::pastDue),
            entry("subscription_canceled",                  Subscriptions::canceled),
            entry("subscription_expired",                   Subscriptions::expired));

    /** Readers of the subscription item of a charge. */
    private static final Map<String, Function<BraintreeEvent, EventContent>> SUBSCRIPTION_READERS = Map.of(
            "subscription_charged_successfully",            Subscriptions::active,
            "subscription_charged_unsuccessfully",          Subscriptions::pastDue);
    // spotless:on

    /** @param index 1: the subscription of a charge */
    Translation translate(Delivery delivery, int index) {
        return Translation.orRefused(() -> {
            var notification = BraintreeMessage.of(delivery.body()).notification();
            return translate(notification, index, new Times(delivery.receivedAt()));
        });
    }

    private Translation translate(JsonField notification, int index, Times times) {
        var kind = EventType.required(notification.at("kind"));
        var reader = (index == 0 ? READERS : SUBSCRIPTION_READERS).get(kind);
        if (reader == null) {
            return new Translation.Ignored(kind);
        }
        var subject = new BraintreePayload(notification);
        merchantAccounts.check(subject.entity().required().at("merchant-account-id"));
        var timestamp = notification.at("timestamp");
        var at = times.occurred(
                Times.iso(timestamp.required().glance().orElse(""), timestamp.pointer()), timestamp.pointer());
        return reader.apply(new BraintreeEvent(subject, account, words, times, at))
                .translation(kind, at);
    }
}
