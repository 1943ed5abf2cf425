package ipn.access;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import ipn.access.http.Problem;
import ipn.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets a request pass that presents one of the bearer tokens. Without tokens, one to this machine by its address or {@code localhost}: a
 * browser that runs a page of another site names the host of that site.
 */
record Tokens(List<Secret> tokens, Clock clock) implements Handler<RoutingContext> {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    @Override
    public void handle(RoutingContext context) {
        if (tokens.isEmpty()) {
            handleLocal(context);
        } else if (isKnown(presented(context).getBytes(StandardCharsets.UTF_8))) {
            context.next();
        } else {
            context.response().putHeader("www-authenticate", "Bearer");
            new Problem(401, "NOT_AUTHENTIC", "authorization: wrong (expected: Bearer and a token of access.tokens)")
                    .send(context);
        }
    }

    private static void handleLocal(RoutingContext context) {
        var authority = context.request().authority();
        if (authority != null && LOCAL.contains(authority.host().toLowerCase(Locale.ROOT))) {
            context.next();
        } else {
            new Problem(
                            403,
                            "NOT_LOCAL",
                            "host: another one (expected: 127.0.0.1, ::1 or localhost, because there are no access.tokens)")
                    .send(context);
        }
    }

    private static String presented(RoutingContext context) {
        var header = context.request().getHeader("authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    /** Compares with all of them, in a time that does not depend on where they differ. */
    private boolean isKnown(byte[] presented) {
        var known = false;
        for (var token : tokens) {
            known |= MessageDigest.isEqual(token.utf8(), presented) && token.activeAt(clock.instant());
        }
        return known;
    }
}
