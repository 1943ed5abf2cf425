package ipn.gateway.adyen;

import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * User name and password of HTTP Basic authentication (RFC 7617), which Adyen sends if the endpoint has them configured.
 *
 * @param passwords several during rotation
 */
record Credentials(String user, List<Secret> passwords) {
    private static final String HEADER = "authorization";
    private static final String SCHEME = "basic ";
    private static final int PASSWORD_LENGTH_MIN = 8;

    Credentials {
        passwords = List.copyOf(passwords);
    }

    /** Empty if the account does not configure any. */
    static Optional<Credentials> from(Settings account, boolean testAllowed) {
        if (!account.has("basic")) {
            return Optional.empty();
        }
        var basic = account.in("basic");
        var user = basic.required("user", "the user name set at Adyen");
        if (user.contains(":")) {
            basic.problems().add(basic.full("user"), "with a colon", "a user name without one");
        }
        return Optional.of(new Credentials(user, basic.secrets("password", testAllowed, PASSWORD_LENGTH_MIN)));
    }

    /** True if the delivery contains these credentials exactly once; compares every password in constant time. */
    boolean in(Delivery delivery, Instant now) {
        var received = received(delivery).orElse(Bytes.utf8(""));
        var right = false;
        for (var password : passwords) {
            right |= password.activeAt(now)
                    & Bytes.utf8(user + ":" + password.text()).equals(received);
        }
        return right;
    }

    private static Optional<Bytes> received(Delivery delivery) {
        var header = delivery.header(HEADER).orElse("");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            var encoded = header.substring(SCHEME.length()).getBytes(StandardCharsets.ISO_8859_1);
            return Optional.of(Bytes.wrap(Base64.getDecoder().decode(encoded)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
