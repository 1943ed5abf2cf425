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
 * What a message means: first whether it is for this account at all, then by its type where that says it all (a
 * subscription's standing, a case), and else by its {@code payment_status}, because refunds and reversals have no type.
 */
record IpnTranslator(AccountId account, Receivers receivers, MerchantWords words) {
    /** Agreements without a payment. */
    private static final Set<String> AGREEMENTS = Set.of("mp_signup", "mp_cancel");

    /** Sent to those who pay out as well as to those who are paid; only the latter have a gross amount of their own. */
    private static final Set<String> PAY_OUTS = Set.of("masspay", "payout");

    /** @throws RefusedException where the message makes no sense */
    Translation translate(IpnMessage message, Instant receivedAt) {
        checkMode(message);
        if (!tellsOfUs(message)) {
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
        var standing = SubscriptionEvent.of(message.txnType());
        if (standing.isPresent()) {
            // a profile's messages have no date of their own; when it reached us is the best there is
            return Optional.of(new SubscriptionReading(message, standing.get(), at.orElse(receivedAt)).told());
        }
        if (message.txnType().equals(CaseReading.OPENED)) {
            required(at, "case_creation_date");
            return Optional.of(new CaseReading(message).opened());
        }
        var paidAt = required(at, "payment_date");
        if (message.txnType().equals(CaseReading.SETTLED)) {
            return new CaseReading(message).settled();
        }
        return message.status().map(status -> new PaymentReading(account, message, status, paidAt).told());
    }

    private static Instant required(Optional<Instant> at, String name) {
        return at.orElseThrow(() -> IpnMessage.missing(name));
    }

    /** False for what is authentic and about something else. */
    private static boolean tellsOfUs(IpnMessage message) {
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
                || type.equals(CaseReading.SETTLED)
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
