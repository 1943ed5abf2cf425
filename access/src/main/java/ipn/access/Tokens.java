package ipn.access;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import ipn.access.http.Problem;
import ipn.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;

/** Lets a request pass that presents one of the bearer tokens. Without tokens every request passes. */
record Tokens(List<Secret> tokens, Clock clock) implements Handler<RoutingContext> {
    private static final String SCHEME = "Bearer ";

    @Override
    public void handle(RoutingContext context) {
        var header = context.request().getHeader("authorization");
        var presented = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
        if (tokens.isEmpty() || isKnown(presented.getBytes(StandardCharsets.UTF_8))) {
            context.next();
        } else {
            context.response().putHeader("www-authenticate", "Bearer");
            new Problem(401, "NOT_AUTHENTIC", "authorization: wrong (expected: Bearer and a token of access.tokens)")
                    .send(context);
        }
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
