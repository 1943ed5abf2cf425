package ipn.gateway.stripe;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.References;
import ipn.gateway.signature.SignatureAuthenticator;

/**
 * Stripe. Settings of an account: {@code secrets} (the endpoint's signing secrets, {@code whsec_...}); {@code account}
 * ({@code acct_...}) for a Connect endpoint that serves one connected account; and {@code api-key} to fetch the objects
 * of thin events.
 */
public final class StripeGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "stripe";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var connected = settings.settings().text("account");
        if (connected.isPresent() && !connected.get().matches("acct_[A-Za-z0-9]{1,64}")) {
            settings.settings()
                    .problems()
                    .add(settings.settings().full("account"), connected.get(), "a Connect account id, acct_...");
        }
        var keys = settings
                .secretsBeginning(
                        StripeSignature.SECRET_PREFIX, "an endpoint's signing secret, whsec_..., not an API key")
                .stream()
                .map(StripeSignature::key)
                .toList();
        return new StripeAccount(
                settings.id(),
                new SignatureAuthenticator(
                        keys, SignatureAuthenticator.USUAL_TOLERANCE, StripeSignature::signatureInput),
                StripeApi.from(settings, connected),
                new StripeTranslator(settings.id(), connected, new References(settings.references())));
    }
}
