package ipn.seal;

import ipn.settings.Secret;
import ipn.topics.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a seal covers: key, value and headers of a raw record, without the headers that a failure or a redrive adds, so that a replayed
 * record keeps its seal.
 */
final class SealedRecord {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] VERSION = "ipn-seal-1".getBytes(StandardCharsets.US_ASCII);
    private static final int ABSENT = -1;

    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Map.Entry<String, byte @Nullable []>> headers;

    /** @param headers in the order of the record */
    SealedRecord(byte @Nullable [] key, byte @Nullable [] value, List<Map.Entry<String, byte @Nullable []>> headers) {
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    /** HMAC-SHA256 over all parts, each after its length, so that no border between two parts can be moved. */
    byte[] mac(Secret secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.utf8(), ALGORITHM));
            mac.update(VERSION);
            add(mac, key);
            add(mac, value);
            for (var header : headers) {
                if (!Headers.isOfHop(header.getKey()) && !header.getKey().equals(Headers.SEAL)) {
                    add(mac, header.getKey().getBytes(StandardCharsets.UTF_8));
                    add(mac, header.getValue());
                }
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static void add(Mac mac, byte @Nullable [] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? ABSENT : part.length)
                .flip());
        if (part != null) {
            mac.update(part);
        }
    }
}
