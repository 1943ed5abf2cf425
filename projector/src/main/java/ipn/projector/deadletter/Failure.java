package ipn.projector.deadletter;

import ipn.avro.RecordPosition;
import ipn.key.FailureFingerprint;
import ipn.topics.Reason;
import java.time.Instant;
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
    /** {@code topic-partition-offset}: the id of its dead letter, unless it is the replay of an older one. */
    String position() {
        return source.getTopic() + "-" + source.getPartition() + "-" + source.getOffset();
    }

    /** Whether a text is the id of a dead letter of the same topic. */
    boolean isIdOfSource(String id) {
        var position = id.startsWith(source.getTopic() + "-")
                ? id.substring(source.getTopic().length() + 1)
                : "";
        return position.matches("[0-9]{1,9}-[0-9]{1,18}");
    }

    /** Equal for failures with one cause. */
    String fingerprint() {
        return FailureFingerprint.of(stage, reason.name(), origin, detail.orElse(""));
    }
}
