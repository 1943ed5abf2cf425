package ipn.projector.deadletter;

import ipn.avro.RecordPosition;
import ipn.topics.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Why a record could not be processed.
 *
 * @param stage that could not process it
 * @param detail for people: what was expected where; never a value
 * @param origin what failures with one cause have in common besides stage, reason and detail: gateway, account and event type
 * @param source where the record stands
 * @param at when it failed, by our clock
 */
public record Failure(
        String stage, Reason reason, Optional<String> detail, String origin, RecordPosition source, Instant at) {
    private static final int FINGERPRINT_BYTES = 8;

    /** {@code topic-partition-offset}: the id of its dead letter, unless it is the replay of an older one. */
    String position() {
        return source.getTopic() + "-" + source.getPartition() + "-" + source.getOffset();
    }

    /** Equal for failures with one cause. */
    String fingerprint() {
        var cause = String.join("\n", stage, reason.name(), origin, detail.orElse(""));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(cause.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
