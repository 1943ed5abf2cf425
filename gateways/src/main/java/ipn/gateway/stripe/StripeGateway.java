package ipn.gateway.stripe;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.References;
import ipn.gateway.Retries;
import ipn.gateway.Word;
import ipn.gateway.signature.SignatureAuthenticator;
import java.time.Duration;
import java.util.Set;

/**
 * Stripe. Settings of an account: {@code secrets} (the endpoint's signing secrets, {@code whsec_...}); {@code account}
 * ({@code acct_...}, one or several): events of other connected accounts are refused; and {@code api-key} to fetch the
 * objects of thin events.
 */
public final class StripeGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "stripe";

    private static final ReceiverSetting ACCOUNT = new ReceiverSetting(
            "account",
            "acct_[A-Za-z0-9]{1,64}",
            "the account that receives the money, acct_...",
            "at Stripe under Settings, Account details (for a Connect endpoint: the connected account)");

    @Override
    public String name() {
        return NAME;
    }

    /** Stripe's documentation of webhooks: live mode up to three days, sandboxes three times over a few hours. */
    @Override
    public Retries retries() {
        return new Retries(Duration.ofHours(72), Duration.ofHours(3), Retries.Source.DOCUMENTED, "");
    }

    /** A payment link, a buy button and a pricing table accept {@code client_reference_id} from the payer's browser. */
    @Override
    public Set<Word> payerWords() {
        return Set.of(Word.SUBJECT);
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var receiver = settings.receiver(ACCOUNT);
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
                StripeApi.from(settings, receiver),
                new StripeTranslator(settings.id(), receiver, new References(settings.references())));
    }
}
