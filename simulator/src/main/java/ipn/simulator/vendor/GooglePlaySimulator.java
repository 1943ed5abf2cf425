package ipn.simulator.vendor;

import ipn.gateway.content.Bytes;
import ipn.gateway.googleplay.GooglePlayGateway;
import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.signing.CompactToken;
import ipn.simulator.signing.KeySignature;
import ipn.simulator.signing.PemFile;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Google Play's real-time developer notifications as Pub/Sub pushes them, signed with a test key instead of Google's. They only
 * name a purchase; purchases and orders are registered with the stand-in, which {@code fetch-via} has to name.
 */
public final class GooglePlaySimulator implements SimulatedGateway {
    private static final JsonTemplate PUSH = JsonTemplate.load("google-play/push.json");
    private static final String KEY =
            PemFile.blocks("google-play-TEST-ONLY.key.pem").get(0);
    private static final Bytes HEADER =
            Bytes.utf8("{\"alg\":\"RS256\",\"kid\":\"TEST-ONLY-protects-nothing\",\"typ\":\"JWT\"}");
    private static final String ACCESS_TOKEN =
            "{\"access_token\":\"ya29.TEST-ONLY\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    @Override
    public String name() {
        return GooglePlayGateway.NAME;
    }

    @Override
    public Set<String> events() {
        return GooglePlayNotifications.TYPES;
    }

    /** Messages have numbers; a payment is an order, and a subscription is its purchase token. */
    @Override
    public Ids ids(String token) {
        var order = order(RandomTokens.number(token));
        return new Ids(RandomTokens.number(token), order, order, token + ".AO-J1OTESTONLY");
    }

    private static String order(String digits) {
        return "GPA.%s-%s-%s-0%s"
                .formatted(
                        digits.substring(0, 4), digits.substring(4, 8), digits.substring(8, 12), digits.substring(12));
    }

    @Override
    public Optional<String> signingSecret(Settings account) {
        return Optional.of(KEY);
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.withSecret(KeySignature.SHA256_RSA.untrustedKey());
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var values = TemplateValues.of(sample, sender);
        var notifications = new GooglePlayNotifications(values, sender.setting("package"));
        var notification = Json.compact(notifications.notification(event));
        var data = Base64.getEncoder().encodeToString(notification.array());
        var draft =
                new Draft("application/json", sample.ids().event(), Json.compact(PUSH.fill(values.with("data", data))));
        for (var document : notifications.documents(event).entrySet()) {
            draft = draft.withDocument(document.getKey(), document.getValue());
        }
        return draft;
    }

    /** The token identifies the caller; it does not cover the body. */
    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var claims = new TreeMap<String, Object>(Map.of(
                "aud",
                sender.setting("audience"),
                "azp",
                "100000000000000000001",
                "email",
                sender.setting("service-account-email"),
                "email_verified",
                true,
                "exp",
                now.plus(TOKEN_LIFETIME).getEpochSecond(),
                "iat",
                now.getEpochSecond(),
                "iss",
                "https://accounts.google.com",
                "sub",
                "100000000000000000001"));
        var token = CompactToken.of(HEADER, Json.compact(claims), KeySignature.SHA256_RSA, sender.secret());
        return draft.signed(Map.of("Authorization", "Bearer " + token));
    }

    @Override
    public Map<String, Bytes> documents() {
        return Map.of(
                "/oauth2/v3/certs", Bytes.utf8(PemFile.text("google-play-TEST-ONLY-keys.json")),
                "/token", Bytes.utf8(ACCESS_TOKEN));
    }
}
