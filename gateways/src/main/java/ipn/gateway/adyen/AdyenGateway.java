package ipn.gateway.adyen;

import ipn.fact.Fact.ReferenceName;
import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.References;
import ipn.gateway.Retries;
import ipn.gateway.signature.SignatureAuthenticator;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Adyen. Settings of an account: {@code secrets} (the endpoint's HMAC keys, 64 hex digits), {@code merchant-account} (one or
 * several), {@code capture} ({@code automatic} or {@code manual}), {@code reference-is-unique}, and {@code basic} with the
 * {@code user} and {@code password} of the endpoint.
 */
public final class AdyenGateway implements Gateway {
    /** In paths, settings and keys. */
    public static final String NAME = "adyen";

    private static final ReceiverSetting MERCHANT_ACCOUNT = new ReceiverSetting(
                    "merchant-account",
                    "[A-Za-z0-9_.-]{1,128}",
                    "a merchant account code such as ExampleECOM",
                    "in Adyen's Customer Area under Settings, Merchant accounts")
            .inEveryMode();

    @Override
    public String name() {
        return NAME;
    }

    /** Adyen's documentation of webhooks: a queue for each endpoint, at last every eight hours for 30 days. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofDays(30), Retries.Source.DOCUMENTED)
                .then("until then the oldest one that was refused holds back all others of its endpoint");
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var section = settings.settings();
        var keys = settings.secrets().stream()
                .filter(secret -> AdyenSignature.isSecret(secret, section))
                .map(AdyenSignature::key)
                .toList();
        var authenticator =
                new SignatureAuthenticator(keys, SignatureAuthenticator.USUAL_TOLERANCE, AdyenSignature::claimInHeader);
        var accountSettings = new AdyenAccountSettings(
                settings.id(),
                settings.receiver(MERCHANT_ACCOUNT),
                section.choice("capture", Capture.class, Capture.AUTOMATIC),
                section.flag("reference-is-unique", true),
                words(settings.references()));
        return new AdyenAccount(
                new AdyenProof(
                        authenticator, Credentials.from(section, !settings.id().live())),
                accountSettings);
    }

    /** The order is {@code merchantReference}, which is signed; Adyen passes on the rest as {@code metadata.<key>}. */
    private static References words(Map<ReferenceName, String> references) {
        var words = new EnumMap<ReferenceName, String>(ReferenceName.class);
        references.forEach((name, key) -> words.put(name, "metadata." + key));
        words.remove(ReferenceName.ORDER);
        return new References(words);
    }
}
