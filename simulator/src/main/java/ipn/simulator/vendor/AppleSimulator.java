package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.content.Bytes;
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
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Apple's App Store Server Notifications V2, signed by a test authority instead of Apple's. */
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
        return AppleNotifications.TYPES;
    }

    @Override
    public Ids ids(String token) {
        return new Ids(uuid(token), RandomTokens.number(token), RandomTokens.number(token), RandomTokens.number(token));
    }

    private static String uuid(String token) {
        return UUID.nameUUIDFromBytes(token.getBytes(UTF_8)).toString();
    }

    @Override
    public Optional<String> signingSecret(Settings account) {
        return Optional.of(KEY);
    }

    @Override
    public Sender forger(Sender sender) {
        return sender.withSecret(KeySignature.ES256.untrustedKey());
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var values = TemplateValues.of(sample, sender);
        var notifications = new AppleNotifications(values, object -> token(Json.compact(object), sender));
        return new Draft("application/json", sample.ids().event(), Json.compact(notifications.notification(event)));
    }

    /** Without {@code data}, because half of a signed payload would not be authentic. */
    @Override
    public Draft malformed(Draft draft) {
        return draft.withBody(Bytes.utf8(draft.body().utf8().replace("\"data\":", "\"nothing\":")));
    }

    /** The draft is the payload; the body contains the signed token. */
    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var body = Bytes.utf8("{\"signedPayload\":\"" + token(draft.body(), sender) + "\"}");
        return draft.withBody(body).signed(Map.of());
    }

    private static String token(Bytes payload, Sender sender) {
        return CompactToken.of(HEADER, payload, KeySignature.ES256, sender.secret());
    }
}
