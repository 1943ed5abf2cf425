package ipn.gateway.standardwebhooks;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Receiver;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.standardwebhooks.Mapping.Place;

/**
 * Any sender that follows Standard Webhooks. Settings of an account: {@code secrets} ({@code whsec_...}, or {@code
 * whpk_...} for Ed25519), {@code mapping} (the positions of the sender's fields, see {@link Mapping}), and {@code
 * receiver} (one or several; the required value at {@code mapping.receiver}, where one endpoint serves several merchants).
 */
public final class StandardWebhooksGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "standard-webhooks";

    private static final ReceiverSetting RECEIVER = new ReceiverSetting(
                    "receiver",
                    "[^\\p{Cntrl}]{1,200}",
                    "the value at mapping.receiver that names us",
                    "in the sender's events")
            .inEveryMode();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GatewayAccount open(AccountSettings account) {
        var settings = account.settings();
        var mapping = Mapping.from(settings.in("mapping"));
        var mapped = mapping.pointers().containsKey(Place.RECEIVER);
        if (!mapped && !settings.list("receiver").isEmpty()) {
            settings.problems()
                    .add(
                            settings.full("receiver"),
                            "has no mapping.receiver",
                            "a value, and mapping.receiver: the JSON pointer to it");
        }
        var receiver = mapped ? account.receiver(RECEIVER) : Receiver.any(settings.full("receiver"));
        var keys = StandardWebhooksKeys.keys(
                account.secretsOrPublicKeys(text -> text.startsWith(StandardWebhooksKeys.PUBLIC)), settings);
        return new StandardWebhooksAccount(
                account.id(),
                new SignatureAuthenticator(
                        keys, SignatureAuthenticator.USUAL_TOLERANCE, StandardWebhooksSignature::signatureInput),
                new StandardWebhooksTranslator(account.id(), mapping, receiver));
    }
}
