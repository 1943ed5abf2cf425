package ipn.query.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has a bearer token of the issuer, for this audience, with a role that may ask. Tokens are signed with the issuer's keys; an algorithm that is
 * not listed here, {@code none} included, is refused.
 */
final class TokenCallers implements Callers {
    private static final String BEARER = "bearer ";
    private static final int TOKEN_LENGTH_MAX = 8_000;
    private static final int CALLER_LENGTH_MAX = 200;
    private static final int FETCH_MILLIS = 2_000;
    private static final int KEYS_BYTES_MAX = 256 * 1024;
    private static final int CLOCK_SKEW_SECONDS = 30;
    /** Keys that were fetched are used so long while the issuer is away. */
    private static final Duration OUTAGE = Duration.ofHours(4);

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384);

    private final DefaultJWTProcessor<SecurityContext> tokens = new DefaultJWTProcessor<>();
    private final List<String> rolesClaim;

    TokenCallers(OidcSettings settings) {
        rolesClaim = List.of(settings.rolesClaim().split("\\."));
        tokens.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        try {
            var retriever = new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, KEYS_BYTES_MAX);
            var keys = JWKSourceBuilder.<SecurityContext>create(
                            settings.jwksUrl().toURL(), retriever)
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
            tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("jwks-url: wrong (expected: checked by the settings)", e);
        }
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("sub", "exp"));
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        tokens.setJWTClaimsSetVerifier(claims);
    }

    @Override
    public String identify(Credentials credentials) {
        var claims = verified(token(credentials.authorization()));
        if (roles(claims).stream().flatMap(role -> Role.named(role).stream()).noneMatch(Role::mayAsk)) {
            throw new ProblemException(Problem.NO_ROLE);
        }
        var subject = String.valueOf(claims.getSubject());
        return subject.substring(0, Math.min(subject.length(), CALLER_LENGTH_MAX));
    }

    private static String token(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > TOKEN_LENGTH_MAX
                || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ProblemException(Problem.NOT_AUTHENTIC);
        }
        return authorization.substring(BEARER.length()).strip();
    }

    private JWTClaimsSet verified(String token) {
        try {
            return tokens.process(token, null);
        } catch (KeySourceException e) {
            throw new ProblemException(Problem.ISSUER_AWAY);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new ProblemException(Problem.NOT_AUTHENTIC);
        }
    }

    /** The claim may be inside of others, as {@code realm_access.roles}, and a list or a text of words. */
    private Collection<String> roles(JWTClaimsSet claims) {
        Object at = claims.getClaims();
        for (var part : rolesClaim) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        if (at instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return at instanceof String words ? List.of(words.split(" ")) : List.of();
    }
}
