package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Apple's App Store Server Notifications V2, under an authority that comes with the simulator and is not Apple's. */
public final class AppleSimulator implements SimulatedGateway {
    private static final Bytes HEADER = Bytes.utf8("{\"alg\":\"ES256\",\"x5c\":["
            + PemFile.blocks("apple-TEST-ONLY-chain.pem").stream()
                    .map(certificate -> "\"" + certificate + "\"")
                    .collect(Collectors.joining(","))
            + "]}");
    private static final String KEY = PemFile.blocks("apple-TEST-ONLY.key.pem").get(0);

    @Override
    public String name() {
        return "apple";
    }

    @Override
    public Set<String> events() {
        return AppleNotices.TYPES;
    }

    @Override
    public Ids ids(String token) {
        return new Ids(uuid(token), Tokens.number(token), Tokens.number(token), Tokens.number(token));
    }

    private static String uuid(String token) {
        return UUID.nameUUIDFromBytes(token.getBytes(UTF_8)).toString();
    }

    @Override
    public Optional<String> signsWith(Settings account) {
        return Optional.of(KEY);
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.signingWith(KeySignature.ES256.strangersKey());
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var notice = new AppleNotices(sample, sender.says("bundle-id"), token -> token(Json.compact(token), sender));
        return new Draft("application/json", sample.ids().event(), Json.compact(notice.payload(event)));
    }

    /** Half a notification would not be one of Apple's at all: this is one about nothing. */
    @Override
    public Draft garbled(Draft draft) {
        return draft.withBody(Bytes.utf8(draft.body().utf8().replace("\"data\":", "\"nothing\":")));
    }

    /** The draft is what is signed; the body is the token. */
    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var body = Json.compact(Map.of("signedPayload", token(draft.body(), sender)));
        return draft.withBody(body).signed(Map.of());
    }

    private static String token(Bytes payload, Sender sender) {
        return CompactToken.of(HEADER, payload, KeySignature.ES256, sender.secret());
    }
}
