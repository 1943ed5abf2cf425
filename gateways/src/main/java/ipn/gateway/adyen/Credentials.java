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
 * User name and password of HTTP Basic authentication (RFC 7617), which Adyen sends where the endpoint has them.
 *
 * @param passwords several while one replaces another
 */
record Credentials(String user, List<Secret> passwords) {
    private static final String HEADER = "authorization";
    private static final String SCHEME = "basic ";
    private static final int PASSWORD_LENGTH_MIN = 8;

    Credentials {
        passwords = List.copyOf(passwords);
    }

    /** Empty where the account asks for none. */
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

    /** True where the delivery brings them, once; every password is held against it, in constant time. */
    boolean in(Delivery delivery, Instant now) {
        var said = said(delivery).orElse(Bytes.utf8(""));
        var right = false;
        for (var password : passwords) {
            right |= password.activeAt(now)
                    & Bytes.utf8(user + ":" + password.text()).equals(said);
        }
        return right;
    }

    private static Optional<Bytes> said(Delivery delivery) {
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
