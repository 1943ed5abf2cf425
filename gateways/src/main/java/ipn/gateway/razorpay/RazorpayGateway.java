package ipn.gateway.razorpay;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.References;
import ipn.gateway.Retries;
import ipn.gateway.Word;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignedJsonAccount;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.time.Duration;
import java.util.Set;

/**
 * Razorpay. Settings of an account: {@code secrets} (the secret entered for the webhook) and {@code account} ({@code
 * acc_...}, one or several; events of other accounts are refused).
 */
public final class RazorpayGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "razorpay";

    /** The time within which Razorpay expects an answer; after it, the attempt has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final ReceiverSetting ACCOUNT = new ReceiverSetting(
            "account",
            "acc_[A-Za-z0-9]{1,64}",
            "the account that receives the money, acc_...",
            "in Razorpay's dashboard as the merchant id, without acc_, and in account_id of every event");

    @Override
    public String name() {
        return NAME;
    }

    /** Razorpay's documentation of webhooks: with growing gaps for 24 hours after the event. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofHours(24), Retries.Source.DOCUMENTED)
                .then("after 24 hours without one success it disables the webhook");
    }

    /** Checkout.js takes {@code notes} in the browser and Razorpay copies them to the payment. */
    @Override
    public Set<Word> payerWords() {
        return Set.of(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE);
    }

    @Override
    public GatewayAccount open(AccountSettings account) {
        var settings = account.settings();
        var receiver = account.receiver(ACCOUNT);
        var keys = account.secrets().stream()
                .filter(secret -> isSecret(secret, settings))
                .map(RazorpaySignature.SCHEME::key)
                .toList();
        var reader = new RazorpayTranslator(account.id(), receiver, new References(account.references()));
        return new SignedJsonAccount(
                account.id(),
                PATIENCE,
                Set.of(RazorpaySignature.HEADER, RazorpayKeys.EVENT_ID),
                new SignatureAuthenticator(keys, Duration.ZERO, RazorpaySignature.SCHEME::signatureInput),
                delivery -> RazorpayKeys.item(delivery, account.id()),
                reader::translate);
    }

    private static boolean isSecret(Secret secret, Settings settings) {
        var isKeyId = secret.text().matches("rzp_(live|test)_[A-Za-z0-9]{14}");
        if (isKeyId) {
            settings.problems()
                    .add(
                            settings.full("secrets"),
                            secret.id() + " is an API key id",
                            "the secret entered for the webhook, not an API key");
        }
        return !isKeyId;
    }
}
