package ipn.gateway.mollie;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.References;
import ipn.gateway.Retries;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignatureKey;
import ipn.http.BoundedHttp;
import ipn.http.HttpSettings;
import ipn.lookup.LookUps;
import ipn.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Mollie. Settings of an account: {@code api-key} ({@code live_...} or {@code test_...}; classic webhooks need it, and events
 * that do not embed their payment), {@code secrets} (of a next-gen webhook), at least one of them;
 * {@code profile} ({@code pfl_...}, one or several; events of other profiles are refused); {@code fetch-per-second}
 * (limit of look-ups caused by unsigned webhooks, 1 to 10000, usually 50; see {@link LookUps}); and {@code fetch-via},
 * {@code fetch-ca}, {@code fetch-timeout}, {@code fetch-in-flight}, see {@link HttpSettings}.
 */
public final class MollieGateway implements Gateway {
    /** In paths, settings and keys. */
    public static final String NAME = "mollie";

    private static final String API_KEY = "api-key";
    private static final ReceiverSetting PROFILE = new ReceiverSetting(
            "profile",
            "pfl_[A-Za-z0-9]{1,64}",
            "the profile that receives the money, pfl_...",
            "in Mollie's dashboard beside the API keys, and in profileId of every payment");

    private static final int LOOK_UPS_PER_SECOND = 50;

    @Override
    public String name() {
        return NAME;
    }

    /** Mollie's documentation as quoted by others: ten attempts over about 26 hours. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofHours(26), Retries.Source.REPORTED);
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var access = HttpSettings.toHosts(settings.settings(), settings.id().live(), Set.of(MollieApi.HOST));
        var http = new BoundedHttp(access);
        var api = apiKey(settings).map(key -> new MollieApi(http, key));
        return new MollieAccount(
                settings.id(),
                new SignatureAuthenticator(
                        keys(settings), SignatureAuthenticator.USUAL_TOLERANCE, MollieSignature::signatureInput),
                api,
                new UnsignedLookUps(LookUps.from(settings.settings(), access, LOOK_UPS_PER_SECOND)),
                new MollieTranslator(
                        settings.id(),
                        settings.receiver(PROFILE),
                        settings.settings().has(API_KEY),
                        new References(settings.references())));
    }

    private static List<SignatureKey> keys(AccountSettings settings) {
        return settings.settings().has("secrets") || !settings.settings().has(API_KEY)
                ? settings.secrets().stream().map(MollieSignature::key).toList()
                : List.of();
    }

    private static Optional<Secret> apiKey(AccountSettings settings) {
        if (!settings.settings().has(API_KEY) || !settings.settings().readsSecrets()) {
            return Optional.empty();
        }
        var prefix = settings.id().live() ? "live_" : "test_";
        var keys = settings.secrets(API_KEY).stream()
                .filter(key -> key.text().matches(prefix + "[A-Za-z0-9]+"))
                .toList();
        if (keys.size() != 1) {
            settings.settings()
                    .problems()
                    .add(
                            settings.settings().full(API_KEY),
                            Integer.toString(keys.size()) + " of this mode",
                            "one API key of the account's mode, " + prefix + "...");
            return Optional.empty();
        }
        return Optional.of(keys.get(0));
    }
}
