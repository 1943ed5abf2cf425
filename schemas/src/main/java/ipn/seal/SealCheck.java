package ipn.seal;

import ipn.settings.Secret;
import ipn.settings.Settings;
import ipn.topics.Headers;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sealed a raw record.
 *
 * @param secrets of each role; several during a rotation. Empty: records need no seal
 */
public record SealCheck(Map<SealRole, List<Secret>> secrets) {
    /** Records need no seal. */
    public static final SealCheck NOT_REQUIRED = new SealCheck(Map.of());

    private static final int SECRET_LENGTH_MIN = 32;

    public SealCheck {
        secrets = Map.copyOf(secrets);
    }

    /** Reads section {@code seal}. */
    public static SealCheck from(Settings settings) {
        var section = settings.in("seal");
        var secrets = new EnumMap<SealRole, List<Secret>>(SealRole.class);
        for (var role : SealRole.values()) {
            var found = secrets(section, role);
            if (!found.isEmpty()) {
                secrets.put(role, found);
            }
        }
        if (secrets.containsKey(SealRole.TOOLS) && !secrets.containsKey(SealRole.INGRESS)) {
            section.problems()
                    .add(
                            section.full(SealRole.INGRESS.key()),
                            "missing",
                            "the secret of the ingress: seal.tools alone would refuse all notifications");
        }
        return new SealCheck(secrets);
    }

    static List<Secret> secrets(Settings section, SealRole role) {
        return section.has(role.key()) ? section.secrets(role.key(), false, SECRET_LENGTH_MIN) : List.of();
    }

    public boolean isRequired() {
        return !secrets.isEmpty();
    }

    /**
     * Who sealed a record.
     *
     * @param headers in the order of the record
     * @param at when the record was stored; a secret is believed until its end
     * @return empty if nobody did, or something was changed since
     */
    public Optional<SealRole> sealedBy(
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Map.Entry<String, byte @Nullable []>> headers,
            Instant at) {
        var seal = seal(headers);
        if (seal.length == 0) {
            return Optional.empty();
        }
        var record = new SealedRecord(key, value, headers);
        Optional<SealRole> found = Optional.empty();
        for (var role : secrets.entrySet()) {
            for (var secret : role.getValue()) {
                if (secret.activeAt(at) && MessageDigest.isEqual(record.mac(secret), seal)) {
                    found = Optional.of(role.getKey());
                }
            }
        }
        return found;
    }

    /** No bytes if the record has no seal, or more than one. */
    private static byte[] seal(List<Map.Entry<String, byte @Nullable []>> headers) {
        var seals = headers.stream()
                .filter(header -> header.getKey().equals(Headers.SEAL))
                .map(Map.Entry::getValue)
                .toList();
        var only = seals.size() == 1 ? seals.get(0) : null;
        try {
            return only == null ? new byte[0] : Base64.getDecoder().decode(only);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
