package ipn.gateway.paypalipn;

import ipn.gateway.content.Bytes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A message before PayPal has verified it, read leniently: a message of PayPal that {@link IpnMessage} refuses is still
 * authentic. All charsets of IPNs encode these variables as ASCII.
 *
 * @param variables the first value of each variable that is needed, if it is not blank
 */
record IpnEnvelope(Map<String, String> variables) {
    /** PayPal's largest messages, those about carts, have some tens of thousands. */
    static final int BYTES_MAX = 256 * 1024;

    /** Every message has had them for years; one without them is verified as well, but in the smallest share. */
    private static final Set<String> USUAL = Set.of("charset", "notify_version");

    private static final Set<String> NEEDED =
            Set.of("verify_sign", "charset", "notify_version", "receiver_email", "business", "receiver_id");

    IpnEnvelope {
        variables = Map.copyOf(variables);
    }

    static IpnEnvelope read(Bytes body) {
        var variables = new HashMap<String, String>();
        if (body.size() <= BYTES_MAX) {
            var text = new String(body.array(), StandardCharsets.ISO_8859_1);
            var start = 0;
            while (start < text.length()) {
                var separator = text.indexOf('&', start);
                var end = separator < 0 ? text.length() : separator;
                add(text.substring(start, end), variables);
                start = end + 1;
            }
        }
        return new IpnEnvelope(variables);
    }

    private static void add(String field, Map<String, String> variables) {
        var equals = field.indexOf('=');
        var name = equals < 0 ? "" : field.substring(0, equals);
        if (NEEDED.contains(name)) {
            var value = decoded(field.substring(equals + 1));
            if (!value.isBlank()) {
                variables.putIfAbsent(name, value);
            }
        }
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    /** False if PayPal cannot have sent it: it is too large, or has none of the variables that its messages have. */
    boolean isPossible() {
        return !variables.isEmpty();
    }

    /** Whether it has the usual variables and names one of the receivers. Anyone can write such a message. */
    boolean isPlausible(Receivers receivers) {
        return variables.keySet().containsAll(USUAL) && receivers.includesReceiverOf(this);
    }
}
