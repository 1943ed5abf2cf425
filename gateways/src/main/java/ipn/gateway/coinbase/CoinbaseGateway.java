package ipn.gateway.coinbase;

import ipn.gateway.AccountSettings;
import ipn.gateway.Delivery;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.References;
import ipn.gateway.Retries;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureKey;
import ipn.gateway.signature.SignedJsonAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Coinbase. Settings of an account: {@code secrets} (the shared secret of Commerce), {@code cdp-secrets} (the secret of a
 * webhook subscription of the successors), or both; each secret is valid for its own scheme only.
 */
public final class CoinbaseGateway implements Gateway {
    /** In paths, settings and keys. */
    public static final String NAME = "coinbase";

    /** Coinbase does not document its timeout; no gateway is known to have a shorter one. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String CDP_SECRETS = "cdp-secrets";

    @Override
    public String name() {
        return NAME;
    }

    /** Coinbase's documentation of Commerce webhooks: up to three days, at most an hour apart. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofHours(72), Retries.Source.DOCUMENTED);
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var translator = new CoinbaseTranslator(settings.id(), new References(settings.references()));
        var keys = keys(settings);
        return new SignedJsonAccount(
                settings.id(),
                PATIENCE,
                keptHeaders(),
                authenticator(keys, CoinbaseSignature::signatureInput),
                authenticator(keys, CoinbaseSignature::storedSignatureInput),
                delivery -> CoinbaseKeys.item(delivery.body(), settings.id()),
                translator::translate);
    }

    private static SignatureAuthenticator authenticator(
            List<SignatureKey> keys, Function<Delivery, SignatureInput> signatureInput) {
        return new SignatureAuthenticator(keys, SignatureAuthenticator.USUAL_TOLERANCE, signatureInput);
    }

    private static Set<String> keptHeaders() {
        var kept = new HashSet<>(Hook0Signature.USUAL_HEADERS);
        kept.add(Hook0Signature.HEADER);
        kept.add(CoinbaseSignature.COMMERCE_HEADER);
        return kept;
    }

    private static List<SignatureKey> keys(AccountSettings settings) {
        var keys = new ArrayList<SignatureKey>();
        var cdp = settings.settings().has(CDP_SECRETS);
        if (cdp) {
            settings.secrets(CDP_SECRETS).stream().map(Hook0Signature::key).forEach(keys::add);
        }
        if (!cdp || settings.settings().has("secrets")) {
            settings.secrets().stream().map(CoinbaseSignature::commerceKey).forEach(keys::add);
        }
        return keys;
    }
}
