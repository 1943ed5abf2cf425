package ipn.gateway.signature;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Candidate;
import ipn.gateway.signature.SignatureInput.Present;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One header such as {@code t=1788264000,v1=5257a869...}: a time, and HMAC-SHA256 in hex over the time, a joint and the body,
 * with several signatures during a secret rotation. Other names are ignored: they denote schemes that are not accepted.
 *
 * @param header lower case
 * @param separator between the parts of the header
 * @param time name of the time, in whole seconds since 1970
 * @param signature name of the signatures, and version of the keys that are tried
 * @param joint text between time and body in the signed bytes
 */
public record TimedSignature(String header, String separator, String time, String signature, String joint) {

    /** The header value that a gateway sends with a body; for senders, that is, tests and simulators. */
    public String sign(byte[] body, String secret, Instant at) {
        var seconds = Long.toString(at.getEpochSecond());
        var signed = Hmac.SHA256.over(
                secret.getBytes(StandardCharsets.UTF_8), List.of(Bytes.utf8(seconds + joint), Bytes.wrap(body)));
        return time + "=" + seconds + separator + signature + "="
                + HexFormat.of().formatHex(signed.array());
    }

    /** The signature claim of a delivery. */
    public SignatureInput signatureInput(Delivery delivery) {
        var values = delivery.headers(header);
        if (values.size() > 1) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        if (values.isEmpty() || values.get(0).isBlank()) {
            return new Absent(Reason.SIGNATURE_MISSING);
        }
        return signatureInput(values.get(0), delivery.body());
    }

    private SignatureInput signatureInput(String value, Bytes body) {
        var times = new ArrayList<String>();
        var candidates = new ArrayList<Candidate>();
        for (var part : value.split(separator, -1)) {
            var equals = part.indexOf('=');
            var name = equals < 0 ? "" : part.substring(0, equals);
            if (name.equals(time)) {
                times.add(part.substring(equals + 1));
            } else if (name.equals(signature)) {
                StrictDecoding.hex(part.substring(equals + 1))
                        .ifPresent(bytes -> candidates.add(new Candidate(signature, bytes)));
            }
        }
        var seconds = times.size() == 1 ? StrictDecoding.epochSeconds(times.get(0)) : Optional.<Long>empty();
        if (seconds.isEmpty() || candidates.isEmpty()) {
            return new Absent(Reason.SIGNATURE_MALFORMED);
        }
        return Present.at(
                Instant.ofEpochSecond(seconds.get()),
                List.of(Bytes.utf8(Long.toString(seconds.get()) + joint), body),
                candidates);
    }
}
