package ipn.processor;

import ipn.avro.ReverificationStatus;
import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Verdict;
import ipn.processor.payment.Decision;
import ipn.processor.payment.Payment;
import ipn.processor.payment.PaymentRules;
import ipn.report.ToolRecord;
import ipn.runtime.SafeCause;
import ipn.seal.SealCheck;
import ipn.seal.SealRole;
import ipn.topics.Headers;
import ipn.topics.Reason;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides what becomes of a raw record: a function of the record, the state before it and the settings. Total: a bug
 * is a decision too, so that one bad record never stops the others and never disappears.
 *
 * @param accounts every configured account, as the settings are now
 * @param seals which records have the seal of the program that must have written them
 * @param reverifier verifies signatures again
 */
public record RawRecordHandler(Supplier<Accounts> accounts, SealCheck seals, Reverifier reverifier) {

    /** Records need no seal, and are not verified again. */
    public RawRecordHandler(Accounts accounts) {
        this(() -> accounts, SealCheck.NOT_REQUIRED, Reverifier.OFF);
    }

    Decided decide(RawRecord raw, Payment before) {
        var reverification = ReverificationStatus.NOT_ATTEMPTED;
        try {
            if (!isSealed(raw)) {
                return Decided.unverified(new Decision.Unprocessable(
                        unread(raw),
                        Reason.NOT_SEALED,
                        Headers.SEAL
                                + ": none that fits (expected: of the ingress, or of the tools for what they write)"));
            }
            if (raw.stored().isRepaired() && !mayBeRepaired(raw)) {
                return Decided.unverified(
                        new Decision.Unprocessable(
                                unread(raw),
                                Reason.INVALID_SIGNATURE,
                                Headers.REPAIRED_BY
                                        + ": a repaired body (expected: of a gateway, and section seal in the settings, so that only our tools can repair one)"));
            }
            var account = account(raw);
            if (account.isEmpty()) {
                return Decided.unverified(new Decision.Unprocessable(
                        unread(raw),
                        Reason.WRONG_ACCOUNT,
                        "ce_source: names no configured account (expected: /ipn/gateway/account)"));
            }
            var check = reverifier.check(raw, account.get());
            reverification = check.status();
            return new Decided(
                    check.failure()
                            .<Decision>map(failure -> invalid(raw, failure))
                            .orElseGet(() -> decide(raw, before, account.get())),
                    reverification);
        } catch (RuntimeException | StackOverflowError bug) {
            return new Decided(bug(raw, bug), reverification);
        }
    }

    private static Decision invalid(RawRecord raw, Verdict.Reason failure) {
        return new Decision.Unprocessable(
                unread(raw),
                Reason.INVALID_SIGNATURE,
                "stored signature: %s (expected: of these bytes, by a secret of the account that was active at %s; keep replaced secrets with their end in the settings)"
                        .formatted(failure, Headers.RECEIVED_AT));
    }

    /** Without seals, whoever can write to the topic could call a forged body repaired. */
    private boolean mayBeRepaired(RawRecord raw) {
        return seals.isRequired() && ToolRecord.in(raw.stored()).isEmpty();
    }

    /** Report lines, imported subscriptions and repaired bodies are written by tools, all others by the ingress. */
    private boolean isSealed(RawRecord raw) {
        var isOfTools = ToolRecord.in(raw.stored()).isPresent() || raw.stored().isRepaired();
        var writer = isOfTools ? SealRole.TOOLS : SealRole.INGRESS;
        return !seals.isRequired() || raw.sealedBy(seals).filter(writer::equals).isPresent();
    }

    /** A bug while deciding, or while building the outcome. */
    static Decision bug(RawRecord raw, Throwable bug) {
        return new Decision.Unprocessable(unread(raw), Reason.INTERNAL_ERROR, SafeCause.describe(bug));
    }

    /** What is known of a record without reading its body. */
    private static Item unread(RawRecord raw) {
        var eventKey = raw.header(Headers.CE_ID).orElse(keyOf(raw));
        return new Item(
                raw.itemIndex().orElse(0),
                keyOf(raw),
                eventKey,
                raw.header(Headers.CE_TYPE).orElse(""));
    }

    private static Decision decide(RawRecord raw, Payment before, GatewayAccount account) {
        var index = raw.itemIndex();
        if (index.isEmpty()) {
            return new Decision.Unprocessable(
                    unread(raw), Reason.INVALID_ID, Headers.ITEM + ": no index in a batch (expected: 0 to 999999)");
        }
        var delivery = raw.delivery();
        var ours = ToolRecord.in(raw.stored());
        var item = ours.map(kind -> kind.item(account.id(), delivery.body()))
                .orElseGet(() -> item(index.getAsInt(), delivery, account));
        if (!item.paymentKey().equals(raw.key())) {
            return new Decision.Unprocessable(
                    item, Reason.INVALID_ID, "record key: not the payment key its body names (expected: equal)");
        }
        var translation = ours.map(kind -> kind.translate(account.id(), delivery))
                .orElseGet(() -> account.translate(delivery, item));
        return PaymentRules.decide(item, translation, before);
    }

    private static Item item(int index, Delivery delivery, GatewayAccount account) {
        var items = account.identify(delivery);
        return index < items.size() ? items.get(index) : Item.unidentified(account.id(), delivery.body());
    }

    /** The account a raw record was received for. */
    Optional<GatewayAccount> account(RawRecord raw) {
        return raw.stored().account(accounts.get());
    }

    private static String keyOf(RawRecord raw) {
        var key = raw.key();
        return key == null ? "" : key;
    }
}
