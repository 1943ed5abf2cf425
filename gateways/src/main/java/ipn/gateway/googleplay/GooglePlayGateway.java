package ipn.gateway.googleplay;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.Retries;
import ipn.gateway.Word;
import ipn.http.BoundedHttp;
import ipn.http.HttpSettings;
import ipn.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Google Play's real-time developer notifications, pushed by Pub/Sub. Settings of an account: {@code audience} and {@code
 * service-account-email} of the push subscription, {@code subscription} and {@code package}, which a notification must name,
 * and {@code api-credentials}, without which the paid amount is unknown.
 */
public final class GooglePlayGateway implements Gateway {
    /** In paths, settings and keys. */
    public static final String NAME = "google-play";

    private static final ReceiverSetting PACKAGE = new ReceiverSetting(
                    "package",
                    "[A-Za-z0-9_.]{1,200}",
                    "the app's package name, such as com.example.app",
                    "in the Play Console below the app's name")
            .inEveryMode()
            .exactly();

    @Override
    public String name() {
        return NAME;
    }

    /** Google's documentation of Pub/Sub: as long as the subscription keeps messages, by default seven days. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofDays(7), Retries.Source.DOCUMENTED);
    }

    /**
     * The app sets {@code obfuscatedAccountId} and {@code obfuscatedProfileId} on the device. Products and prices come from the Play
     * Console.
     */
    @Override
    public Set<Word> payerWords() {
        return Set.of(Word.SUBJECT, Word.REFERENCE);
    }

    @Override
    public GatewayAccount open(AccountSettings account) {
        var settings = account.settings();
        var id = account.id();
        var hosts = Set.of(GoogleKeys.URL.getHost(), AccessTokens.URL.getHost(), PublisherResource.HOST);
        var http = new BoundedHttp(HttpSettings.toHosts(settings, id.live(), hosts));
        var tokens = new PushTokens(
                required(settings, "audience", "\\S{1,500}", "the audience of the push subscription"),
                required(
                        settings,
                        "service-account-email",
                        "[^@\\s]{1,100}@[^@\\s]{1,200}",
                        "the e-mail address of the push subscription's service account"),
                new GoogleKeys(http));
        var app = account.receiver(PACKAGE);
        var subscription = required(
                settings,
                "subscription",
                "projects/[^/\\s]{1,100}/subscriptions/[^/\\s]{1,255}",
                "projects/P/subscriptions/S");
        var publisher = credentials(settings, id.live())
                .map(key ->
                        new Looks(id.live(), subscription, app, new PublisherApi(http, new AccessTokens(http, key))));
        return new GooglePlayAccount(id, tokens, publisher, new GooglePlayTranslator(id, subscription, app));
    }

    private static String required(Settings settings, String key, String form, String expected) {
        var value = settings.required(key, expected);
        if (settings.has(key) && !value.matches(form)) {
            settings.problems().add(settings.full(key), value, expected);
        }
        return value;
    }

    private static Optional<ServiceAccount> credentials(Settings settings, boolean live) {
        if (!settings.has("api-credentials")) {
            return Optional.empty();
        }
        var secrets = settings.secrets("api-credentials", !live, ServiceAccount.LENGTH_MIN);
        if (secrets.isEmpty()) {
            return Optional.empty();
        }
        var key = ServiceAccount.read(secrets.get(0));
        if (key.isEmpty() || secrets.size() > 1) {
            var found = secrets.size() > 1 ? "several" : secrets.get(0).id() + " is something else";
            settings.problems()
                    .add(
                            settings.full("api-credentials"),
                            found,
                            "one JSON key of a service account, RSA of 2048 bits or more");
        }
        return key;
    }
}
