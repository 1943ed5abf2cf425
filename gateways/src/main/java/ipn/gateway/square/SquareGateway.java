package ipn.gateway.square;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.References;
import ipn.gateway.Retries;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignedJsonAccount;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Square. Settings of an account: {@code secrets} (signature keys of the webhook subscription), {@code url} (its
 * notification URL exactly as registered), {@code merchant} (one or several; events of other merchants are refused), and {@code
 * subject} (which of Square's own fields is the subject where the merchant's references contain none).
 */
public final class SquareGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "square";

    /** The time within which Square expects an answer; after it, the attempt has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final ReceiverSetting MERCHANT = new ReceiverSetting(
            "merchant",
            "[A-Za-z0-9_-]{1,64}",
            "the merchant that receives the money, such as 6SSW7HV8K2ST5",
            "by Square's Merchants API, and in merchant_id of every event");

    @Override
    public String name() {
        return NAME;
    }

    /** Square's documentation as quoted by others: eleven attempts within 24 hours. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofHours(24), Retries.Source.REPORTED)
                .then("after three weeks without one success it disables the subscription");
    }

    @Override
    public GatewayAccount open(AccountSettings account) {
        var settings = account.settings();
        var signature = SquareSignature.scheme(url(settings));
        var keys = account.secrets().stream()
                .filter(secret -> isSignatureKey(secret, settings))
                .map(signature::key)
                .toList();
        var words = new Words(
                new References(account.references()),
                settings.choice("subject", Words.Subject.class, Words.Subject.NONE));
        var reader = new SquareTranslator(account.id(), account.receiver(MERCHANT), words);
        return new SignedJsonAccount(
                account.id(),
                PATIENCE,
                Set.of(SquareSignature.HEADER, SquareTranslator.ENVIRONMENT),
                new SignatureAuthenticator(keys, Duration.ZERO, signature::signatureInput),
                delivery -> SquareKeys.item(delivery.body(), account.id()),
                reader::translate);
    }

    private static String url(Settings settings) {
        var expected = "the notification URL exactly as registered at Square, https://...";
        var url = settings.required("url", expected);
        if (!url.isEmpty() && !isUrl(url)) {
            settings.problems().add(settings.full("url"), "not a URL", expected);
        }
        return url;
    }

    private static boolean isUrl(String url) {
        try {
            var uri = URI.create(url);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSignatureKey(Secret secret, Settings settings) {
        var isAccess = secret.text().matches("(EAAA|sq0atp-|sq0csp-|sq0idp-|sandbox-sq0).*");
        if (isAccess) {
            settings.problems()
                    .add(
                            settings.full("secrets"),
                            secret.id() + " is an access token or an application's id or secret",
                            "the signature key of the webhook subscription");
        }
        return !isAccess;
    }
}
