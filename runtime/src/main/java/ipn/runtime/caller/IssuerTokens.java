package ipn.runtime.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import ipn.key.Sha256;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tokens (JWT) of the issuer, for this audience. A token that was verified is remembered for a moment, so that an event loop can answer its
 * next requests. Thread-safe.
 */
final class IssuerTokens {
    private static final int SKEW_SECONDS = 30;
    private static final int KEY_ID_LENGTH_MAX = 200;
    private static final int REMEMBERED_MAX = 10_000;
    /** After this a key that the issuer has withdrawn counts no more. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    private final OidcSettings settings;
    private final IssuerKeys keys;
    private final Clock clock;
    private final DefaultJWTClaimsVerifier<SecurityContext> claims;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    private record Known(Caller caller, Instant until) {}

    IssuerTokens(OidcSettings settings, IssuerKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        claims =
                new DefaultJWTClaimsVerifier<>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(SKEW_SECONDS);
    }

    /** Who has this token, if it was verified a moment ago. Does not block. */
    Optional<Caller> known(String token) {
        return Optional.ofNullable(known.getIfPresent(Sha256.hex(token)))
                .filter(each -> clock.instant().isBefore(each.until()))
                .map(Known::caller);
    }

    /**
     * Who has this token. May block.
     *
     * @throws RefusedException if it is not valid here, or that cannot be known now
     */
    Caller verify(String token) {
        try {
            var jwt = SignedJWT.parse(token);
            var key = isUnderstood(jwt.getHeader()) ? keys.find(jwt.getHeader().getKeyID()) : Optional.<JWK>empty();
            if (key.isEmpty() || !TokenSignature.isOf(key.get(), jwt)) {
                throw new RefusedException(Refusal.NOT_AUTHENTIC);
            }
            var said = jwt.getJWTClaimsSet();
            claims.verify(said, null);
            var caller = new Caller(String.valueOf(said.getSubject()), roles(said));
            known.put(Sha256.hex(token), new Known(caller, until(said)));
            return caller;
        } catch (ParseException | BadJWTException | IllegalArgumentException e) {
            throw new RefusedException(Refusal.NOT_AUTHENTIC);
        }
    }

    private static boolean isUnderstood(JWSHeader header) {
        return header.getKeyID() != null
                && header.getKeyID().length() <= KEY_ID_LENGTH_MAX
                && header.getCriticalParams() == null
                && (header.getType() == null || TYPES.contains(header.getType()));
    }

    private Instant until(JWTClaimsSet said) {
        var end = said.getExpirationTime().toInstant();
        var later = clock.instant().plus(REMEMBERED);
        return end.isBefore(later) ? end : later;
    }

    /** The claim may be inside of others, as {@code realm_access.roles}, and a list or a text of words. */
    private Set<Role> roles(JWTClaimsSet said) {
        Object at = said.getClaims();
        for (var part : settings.rolesPath()) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        Collection<String> names = List.of();
        if (at instanceof Collection<?> list) {
            names = list.stream().map(String::valueOf).toList();
        } else if (at instanceof String words) {
            names = List.of(words.split(" "));
        }
        return names.stream().flatMap(name -> Role.named(name).stream()).collect(Collectors.toSet());
    }
}
