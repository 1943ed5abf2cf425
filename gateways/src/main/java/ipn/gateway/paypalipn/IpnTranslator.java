package ipn.gateway.paypalipn;

import ipn.gateway.AccountId;
import ipn.gateway.EventContent;
import ipn.gateway.Translation;
import ipn.gateway.Translation.Ignored;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Translates a message. First checks that the message is for this account. Then reads it by its type where the type is
 * sufficient (a subscription's status, a case), and otherwise by its {@code payment_status}, because refunds and
 * reversals have no type.
 */
record IpnTranslator(AccountId account, Receivers receivers, MerchantWords words) {
    /** Agreements without a payment. */
    private static final Set<String> AGREEMENTS = Set.of("mp_signup", "mp_cancel");

    /**
     * Types that are sent to the payer and to the payee of a payout; only messages to the payee have a gross amount.
     */
    private static final Set<String> PAY_OUTS = Set.of("masspay", "payout");

    /** @throws RefusedException where the message is invalid */
    Translation translate(IpnMessage message, Instant receivedAt) {
        checkMode(message);
        if (!isRelevant(message)) {
            return new Ignored(message.type());
        }
        receivers.check(message);
        var at = IpnTimes.occurredAt(message, receivedAt);
        var content = content(message, at, receivedAt);
        return content.isEmpty()
                ? new Ignored(message.type())
                : content.get().and(words.in(message)).translation(message.type(), at.orElse(receivedAt));
    }

    private Optional<EventContent> content(IpnMessage message, Optional<Instant> at, Instant receivedAt) {
        var subscriptionEvent = SubscriptionEvent.of(message.txnType());
        if (subscriptionEvent.isPresent()) {
            // a profile's messages contain no time, so the time of receipt counts
            return Optional.of(
                    new SubscriptionReading(message, subscriptionEvent.get(), at.orElse(receivedAt)).content());
        }
        if (message.txnType().equals(CaseReading.OPENED)) {
            required(at, "case_creation_date");
            return Optional.of(new CaseReading(message).opened());
        }
        var paidAt = required(at, "payment_date");
        if (message.txnType().equals(CaseReading.CLOSED)) {
            return new CaseReading(message).closed();
        }
        return message.status().map(status -> new PaymentReading(account, message, status, paidAt).content());
    }

    private static Instant required(Optional<Instant> at, String name) {
        return at.orElseThrow(() -> IpnMessage.missing(name));
    }

    /** False for an authentic message that is not about a payment, case or subscription. */
    private static boolean isRelevant(IpnMessage message) {
        var type = message.txnType();
        if (type.isEmpty() && message.text("payment_status").isEmpty()) {
            if (message.text("transaction_type").isPresent()) {
                return false;
            }
            throw IpnMessage.missing("txn_type, payment_status");
        }
        if (PAY_OUTS.contains(type)
                && (message.text("txn_id").isEmpty() || message.text("mc_gross").isEmpty())) {
            return false;
        }
        var known = SubscriptionEvent.of(type).isPresent()
                || type.equals(CaseReading.OPENED)
                || type.equals(CaseReading.CLOSED)
                || message.status().isPresent();
        return known && !AGREEMENTS.contains(type);
    }

    private void checkMode(IpnMessage message) {
        var test = message.text("test_ipn").orElse("").equals("1");
        if (test == account.live()) {
            throw new RefusedException(
                    Reason.WRONG_MODE,
                    account.live()
                            ? "test_ipn: 1 (expected: absent at a live account)"
                            : "test_ipn: not 1 (expected: 1 at a test account)");
        }
    }
}
