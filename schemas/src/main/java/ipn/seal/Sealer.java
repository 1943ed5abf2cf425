package ipn.seal;

import ipn.settings.Secret;
import ipn.settings.Settings;
import ipn.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Seals the raw records that one role writes. Thread-safe. */
public final class Sealer {
    private final Secret secret;

    Sealer(Secret secret) {
        this.secret = secret;
    }

    /** Reads {@code seal.ingress} or {@code seal.tools}, whose first secret seals. Empty: this role does not seal. */
    public static Optional<Sealer> from(Settings settings, SealRole role) {
        var section = settings.in("seal");
        for (var other : SealRole.values()) {
            if (other != role) {
                section.ignore(other.key());
            }
        }
        return SealCheck.secrets(section, role).stream().findFirst().map(Sealer::new);
    }

    /** Adds the header {@code ipn.seal}. To be called when the record has all other headers. */
    public void seal(ProducerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        record.headers().forEach(header -> headers.add(new SimpleImmutableEntry<>(header.key(), header.value())));
        var mac = new SealedRecord(record.key(), record.value(), headers).mac(secret);
        record.headers()
                .add(Headers.SEAL, Base64.getEncoder().encodeToString(mac).getBytes(StandardCharsets.US_ASCII));
    }
}
