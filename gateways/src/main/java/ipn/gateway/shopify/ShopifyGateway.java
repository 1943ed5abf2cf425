package ipn.gateway.shopify;

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
 * Shopify. Settings of an account: {@code secrets} (the app's client secret), {@code shop} ({@code
 * name.myshopify.com}, one or several), and {@code contract} (the note attribute in which your app writes the subscription contract
 * that an order renews).
 */
public final class ShopifyGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "shopify";

    /** The time within which Shopify expects an answer; after it, the attempt has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final ReceiverSetting SHOP = new ReceiverSetting(
                    "shop",
                    "[a-z0-9][a-z0-9-]{0,99}\\.myshopify\\.com",
                    "the shop's own domain, such as name.myshopify.com",
                    "in Shopify's admin under Settings, Domains")
            .inEveryMode();

    @Override
    public String name() {
        return NAME;
    }

    /** Shopify's changelog: eight times over four hours. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofHours(4), Retries.Source.DOCUMENTED)
                .then("after eight failures in a row it deletes a subscription that was made through its API");
    }

    /** A storefront accepts cart attributes and properties of lines from the payer's browser; SKUs are the merchant's. */
    @Override
    public Set<Word> payerWords() {
        return Set.of(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE);
    }

    @Override
    public GatewayAccount open(AccountSettings account) {
        var settings = account.settings();
        var keys = account.secrets().stream()
                .filter(secret -> isClientSecret(secret, settings))
                .map(ShopifySignature.SCHEMES.get(0)::key)
                .toList();
        var reader = new ShopifyTranslator(
                account.id(),
                account.receiver(SHOP),
                new References(account.references()),
                settings.text("contract", "subscription_contract_id"));
        return new SignedJsonAccount(
                account.id(),
                PATIENCE,
                ShopifyHeaders.kept(),
                new SignatureAuthenticator(keys, Duration.ZERO, ShopifySignature::signatureInput),
                delivery -> ShopifyKeys.item(delivery, account.id()),
                reader::translate);
    }

    private static boolean isClientSecret(Secret secret, Settings settings) {
        var isToken = secret.text().matches("shp(at|ca|pa|ua|tka)_.*");
        if (isToken) {
            settings.problems()
                    .add(settings.full("secrets"), secret.id() + " is an access token", "the app's client secret");
        }
        return !isToken;
    }
}
