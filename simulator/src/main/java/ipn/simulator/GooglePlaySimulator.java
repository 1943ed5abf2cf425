package ipn.simulator;

import ipn.gateway.content.Bytes;
import ipn.gateway.googleplay.GooglePlayGateway;
import ipn.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Google Play's real-time developer notifications as Pub/Sub pushes them, under a key that comes with the simulator and is not
 * Google's. They say only where to look: purchases and orders are told to the stand-in, where {@code fetch-via} has to lead.
 */
public final class GooglePlaySimulator implements SimulatedGateway {
    private static final String KEY =
            PemFile.blocks("google-play-TEST-ONLY.key.pem").get(0);
    private static final Bytes HEADER =
            Bytes.utf8("{\"alg\":\"RS256\",\"kid\":\"TEST-ONLY-protects-nothing\",\"typ\":\"JWT\"}");
    private static final String ACCESS_TOKEN =
            "{\"access_token\":\"ya29.TEST-ONLY\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";
    private static final Duration TOKEN_LIVES = Duration.ofHours(1);

    @Override
    public String name() {
        return GooglePlayGateway.NAME;
    }

    @Override
    public Set<String> events() {
        return PlayNotices.TYPES;
    }

    /** Numbers for messages; what pays is an order, and a subscription is its purchase token. */
    @Override
    public Ids ids(String token) {
        var order = order(Tokens.number(token));
        return new Ids(Tokens.number(token), order, order, token + ".AO-J1OTESTONLY");
    }

    private static String order(String digits) {
        return "GPA.%s-%s-%s-0%s"
                .formatted(
                        digits.substring(0, 4), digits.substring(4, 8), digits.substring(8, 12), digits.substring(12));
    }

    @Override
    public Optional<String> signsWith(Settings account) {
        return Optional.of(KEY);
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.signingWith(KeySignature.SHA256_RSA.strangersKey());
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var notices = new PlayNotices(sample, sender.says("package"));
        var data = Base64.getEncoder()
                .encodeToString(Json.compact(notices.notification(event)).array());
        var id = sample.ids().event();
        var at = sample.at().toString();
        var message =
                Json.object("data", data, "messageId", id, "message_id", id, "publishTime", at, "publish_time", at);
        var body = Json.compact(Json.object("message", message, "subscription", sender.says("subscription")));
        var draft = new Draft("application/json", id, body);
        for (var document : notices.documents(event).entrySet()) {
            draft = draft.withDocument(document.getKey(), document.getValue());
        }
        return draft;
    }

    /** The token says who calls, and nothing of the body. */
    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var email = sender.says("service-account-email");
        var claims = Json.object(
                "aud",
                sender.says("audience"),
                "azp",
                "100000000000000000001",
                "email",
                email,
                "email_verified",
                true,
                "exp",
                now.plus(TOKEN_LIVES).getEpochSecond(),
                "iat",
                now.getEpochSecond(),
                "iss",
                "https://accounts.google.com",
                "sub",
                "100000000000000000001");
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
