package ipn.gateway.standardwebhooks;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.standardwebhooks.Mapping.Place;

/**
 * Any sender that follows Standard Webhooks. Settings of an account: {@code secrets} ({@code whsec_...}, or {@code
 * whpk_...} for Ed25519), {@code mapping} (the positions of the sender's fields, see {@link Mapping}), and {@code
 * receiver} (the required value at {@code mapping.receiver}, where one endpoint serves several merchants).
 */
public final class StandardWebhooksGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "standard-webhooks";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GatewayAccount open(AccountSettings account) {
        var settings = account.settings();
        var mapping = Mapping.from(settings.in("mapping"));
        var receiver = settings.text("receiver");
        if (receiver.isPresent() != mapping.pointers().containsKey(Place.RECEIVER)) {
            settings.problems()
                    .add(
                            settings.full("receiver"),
                            receiver.isPresent() ? "has no mapping.receiver" : "missing",
                            "a value, and mapping.receiver: the JSON pointer to it");
        }
        var keys = StandardWebhooksKeys.keys(account.secrets(), settings);
        return new StandardWebhooksAccount(
                account.id(),
                new SignatureAuthenticator(
                        keys, SignatureAuthenticator.USUAL_TOLERANCE, StandardWebhooksSignature::signatureInput),
                new StandardWebhooksTranslator(account.id(), mapping, receiver));
    }
}
