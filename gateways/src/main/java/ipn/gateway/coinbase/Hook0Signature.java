package ipn.gateway.coinbase;

import static java.util.stream.Collectors.toMap;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.Hmac;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Candidate;
import ipn.gateway.signature.SignatureInput.Present;
import ipn.gateway.signature.SignatureKey;
import ipn.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * The signature of the Developer Platform, which sends with Hook0: {@code X-Hook0-Signature:
 * t=<unix seconds>,v0=<hex>,h=<header names>,v1=<hex>}. {@code v1} is HMAC-SHA256 over
 *
 * <pre>{@code <t>.<h>.<values of the headers in h, in that order, joined by dots>.<body>}</pre>
 *
 * <p>{@code h} is a list of lower-case names, separated by single spaces. Sources: Coinbase's "Verify signatures"
 * (docs.cdp.coinbase.com/webhooks/verify-signatures) and the sender and the conformance vectors of Hook0 ({@code
 * output-worker/src/work.rs} and {@code clients/conformance/signature.json} in github.com/hook0/hook0).
 *
 * <p>{@code v0} covers only the time and the body. It is not read on receipt, so that nobody can remove {@code v1} to have the
 * weaker signature accepted. It proves stored deliveries whose {@code v1} covers headers that are not stored.
 *
 * <p>The signed text does not show where the values end and the body begins. Therefore the body has to begin with a brace and
 * no listed value may contain one: then only one division of the text is possible. The values themselves are not used.
 */
final class Hook0Signature {
    static final String HEADER = "x-hook0-signature";

    /** The headers that Coinbase lists. Others, which a merchant can define, may contain credentials and are not stored. */
    static final List<String> USUAL_HEADERS = List.of("content-type", "x-event-id", "x-event-type", "x-hook0-id");

    private static final String TIME = "t";
    private static final String NAMES = "h";
    private static final String VERSION = "v1";
    private static final String WITHOUT_HEADERS = "v0";
    private static final String JOINT = ".";
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");

    /** What Hook0 signs, visible ASCII, without the brace that begins a body. */
    private static final Pattern VALUE = Pattern.compile("[ -z|}~\\t]*");

    private Hook0Signature() {}

    static SignatureKey key(Secret secret) {
        return SignatureKey.hmac(secret, VERSION, Bytes.wrap(secret.utf8()));
    }

    /**
     * The header value as Hook0 writes it.
     *
     * @param headers by lower-case name
     */
    static String sign(byte[] body, String secret, Instant at, SortedMap<String, String> headers) {
        var seconds = Long.toString(at.getEpochSecond());
        var names = String.join(" ", headers.keySet());
        return "t=%s,v0=%s,h=%s,v1=%s"
                .formatted(
                        seconds,
                        hmac(secret, List.of(Bytes.utf8(seconds + JOINT), Bytes.wrap(body))),
                        names,
                        hmac(secret, signed(seconds, names, List.copyOf(headers.values()), Bytes.wrap(body))));
    }

    private static String hmac(String secret, List<Bytes> parts) {
        var key = secret.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Hmac.SHA256.over(key, parts).array());
    }

    private static List<Bytes> signed(String seconds, String names, List<String> values, Bytes body) {
        return List.of(Bytes.utf8(seconds + JOINT + names + JOINT + String.join(JOINT, values) + JOINT), body);
    }

    static SignatureInput signatureInput(Delivery delivery) {
        var headers = delivery.headers(HEADER);
        if (headers.size() > 1) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        if (headers.isEmpty() || headers.get(0).isBlank()) {
            return new Absent(Reason.SIGNATURE_MISSING);
        }
        return parts(headers.get(0), List.of(TIME, NAMES, VERSION))
                .map(parts -> signatureInput(parts, delivery))
                .orElseGet(() -> new Absent(Reason.SIGNATURE_MALFORMED));
    }

    /**
     * Of a stored delivery. If {@code v1} covers other headers than the usual ones, which are not stored, {@code v0} counts. The
     * body then begins with a brace, too, which no {@code v1} text does, so neither signature passes for the other.
     */
    static SignatureInput storedSignatureInput(Delivery delivery) {
        return delivery.header(HEADER)
                .flatMap(header -> parts(header, List.of(TIME, NAMES, WITHOUT_HEADERS)))
                .filter(parts -> !USUAL_HEADERS.containsAll(
                        List.of(parts.getOrDefault(NAMES, "").split(" ", -1))))
                .map(parts -> withoutHeaders(parts, delivery.body()))
                .orElseGet(() -> signatureInput(delivery));
    }

    private static SignatureInput withoutHeaders(Map<String, String> parts, Bytes body) {
        var seconds = StrictDecoding.epochSeconds(parts.getOrDefault(TIME, ""));
        var signature = StrictDecoding.hex(parts.getOrDefault(WITHOUT_HEADERS, ""));
        return seconds.isEmpty() || signature.isEmpty() || !isDivisible(List.of(), body)
                ? new Absent(Reason.SIGNATURE_MALFORMED)
                : Present.at(
                        Instant.ofEpochSecond(seconds.get()),
                        List.of(Bytes.utf8(Long.toString(seconds.get()) + JOINT), body),
                        List.of(new Candidate(VERSION, signature.get())));
    }

    /** The named parts by name; empty if one occurs more than once or is missing. */
    private static Optional<Map<String, String>> parts(String header, List<String> wanted) {
        var read = Arrays.stream(header.split(",", -1))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2 && wanted.contains(part[0]))
                .toList();
        var names = read.stream().map(part -> part[0]).distinct().count();
        return names == wanted.size() && read.size() == wanted.size()
                ? Optional.of(read.stream().collect(toMap(part -> part[0], part -> part[1])))
                : Optional.empty();
    }

    private static SignatureInput signatureInput(Map<String, String> parts, Delivery delivery) {
        var seconds = StrictDecoding.epochSeconds(parts.getOrDefault(TIME, ""));
        var signature = StrictDecoding.hex(parts.getOrDefault(VERSION, ""));
        var names = List.of(parts.getOrDefault(NAMES, "").split(" ", -1));
        if (seconds.isEmpty()
                || signature.isEmpty()
                || !areNames(names)
                || names.stream().anyMatch(name -> delivery.headers(name).isEmpty())) {
            return new Absent(Reason.SIGNATURE_MALFORMED);
        }
        var values =
                names.stream().flatMap(name -> delivery.header(name).stream()).toList();
        if (values.size() < names.size() || !isDivisible(values, delivery.body())) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        return Present.at(
                Instant.ofEpochSecond(seconds.get()),
                signed(Long.toString(seconds.get()), String.join(" ", names), values, delivery.body()),
                List.of(new Candidate(VERSION, signature.get())));
    }

    /** At least one, each once. */
    private static boolean areNames(List<String> names) {
        return names.stream().allMatch(name -> NAME.matcher(name).matches())
                && new HashSet<>(names).size() == names.size();
    }

    private static boolean isDivisible(List<String> values, Bytes body) {
        return body.size() > 0
                && body.array()[0] == '{'
                && values.stream().allMatch(value -> VALUE.matcher(value).matches());
    }
}
