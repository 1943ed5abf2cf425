package ipn.simulator.vendor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.signing.KeySignature;
import ipn.simulator.signing.PemFile;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** PayPal's REST webhooks, signed under a test certificate instead of PayPal's. */
public final class PayPalSimulator implements SimulatedGateway {
    private static final JsonTemplate EVENT = JsonTemplate.load("paypal/event.json");
    private static final String CERTIFICATE_PATH = "/v1/notifications/certs/CERT-TEST-ONLY";
    private static final String KEY = PemFile.blocks("paypal-TEST-ONLY.key.pem").get(0);

    @Override
    public String name() {
        return "paypal";
    }

    @Override
    public Set<String> events() {
        return PayPalResources.TYPES;
    }

    @Override
    public Ids ids(String token) {
        return new Ids("WH-" + token, token, "ORDER" + token, "I-" + token);
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
        var body = EVENT.fill(values.with("type", PayPalResources.type(event))
                .with("resource", PayPalResources.resource(values, event)));
        return new Draft("application/json", sample.ids().event(), Json.compact(body));
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var id = draft.eventId() + "-" + Long.toString(now.toEpochMilli());
        var checksum = new CRC32();
        checksum.update(draft.body().array());
        var text = id + "|" + now + "|" + sender.setting("webhook-id") + "|" + Long.toString(checksum.getValue());
        var signature = KeySignature.SHA256_RSA.sign(sender.secret(), text.getBytes(US_ASCII));
        return draft.signed(Map.of(
                "PAYPAL-TRANSMISSION-ID",
                id,
                "PAYPAL-TRANSMISSION-TIME",
                now.toString(),
                "PAYPAL-TRANSMISSION-SIG",
                Base64.getEncoder().encodeToString(signature),
                "PAYPAL-CERT-URL",
                "https://api.sandbox.paypal.com" + CERTIFICATE_PATH,
                "PAYPAL-AUTH-ALGO",
                "SHA256withRSA",
                "PAYPAL-AUTH-VERSION",
                "v2"));
    }

    @Override
    public Map<String, Bytes> documents() {
        return Map.of(CERTIFICATE_PATH, Bytes.utf8(PemFile.text("paypal-TEST-ONLY.pem")));
    }
}
