package ipn.gateway.braintree;

import ipn.fact.Fact.ReferenceName;
import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.References;
import ipn.gateway.Retries;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignatureKey.HmacKey;
import ipn.settings.Settings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Braintree. Settings of an account: {@code key-pairs} (a map from public key to private key, each with an optional end) and
 * {@code merchant-account} (one or several; events of others are refused).
 */
public final class BraintreeGateway implements Gateway {
    /** In paths, settings and keys. */
    public static final String NAME = "braintree";

    private static final int PRIVATE_KEY_LENGTH_MIN = 16;

    private static final ReceiverSetting MERCHANT_ACCOUNT = new ReceiverSetting(
            "merchant-account",
            "[A-Za-z0-9_-]{1,128}",
            "the merchant account that receives the money",
            "in Braintree's Control Panel under Business, Merchant Accounts");

    @Override
    public String name() {
        return NAME;
    }

    /** Braintree's documentation of webhooks: every hour for 24 hours in production, and for three hours in the sandbox. */
    @Override
    public Retries retries() {
        return new Retries(Duration.ofHours(24), Duration.ofHours(3), Retries.Source.DOCUMENTED, "");
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var section = settings.settings();
        var keys = keys(section, !settings.id().live());
        return new BraintreeAccount(
                settings.id(),
                new SignatureAuthenticator(
                        List.copyOf(keys), SignatureAuthenticator.USUAL_TOLERANCE, BraintreeSignature::signatureInput),
                keys,
                new BraintreeTranslator(
                        settings.id(), settings.receiver(MERCHANT_ACCOUNT), words(settings.references())));
    }

    private static List<HmacKey> keys(Settings section, boolean testAllowed) {
        var pairs = section.in("key-pairs");
        var publicKeys = pairs.names();
        if (publicKeys.isEmpty()) {
            section.problems().add(section.full("key-pairs"), "none", "at least one, as PUBLIC_KEY: env:PRIVATE_KEY");
        }
        return publicKeys.stream()
                .filter(publicKey -> isPublicKey(publicKey, pairs))
                .flatMap(publicKey -> pairs.secrets(publicKey, testAllowed, PRIVATE_KEY_LENGTH_MIN).stream()
                        .map(secret -> BraintreeSignature.key(publicKey, secret)))
                .toList();
    }

    private static boolean isPublicKey(String text, Settings pairs) {
        var isPublicKey = text.matches("[A-Za-z0-9_]{8,64}");
        if (!isPublicKey) {
            pairs.problems().add(pairs.full(text), "no public key", "8 to 64 letters, digits and _");
        }
        return isPublicKey;
    }

    /** Custom fields are written with dashes in XML. */
    private static References words(Map<ReferenceName, String> references) {
        var words = new EnumMap<ReferenceName, String>(ReferenceName.class);
        references.forEach((name, key) -> words.put(name, key.replace('_', '-')));
        return new References(words);
    }
}
