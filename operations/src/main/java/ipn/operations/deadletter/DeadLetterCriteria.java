package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Further criteria of a {@link DeadLetterFilter}. One that is empty selects all.
 *
 * @param until only those that failed before this time
 * @param fingerprint only those with this cause
 * @param eventType only events of this type
 * @param payment only those of this payment key
 * @param stage only those that failed in this stage
 * @param attemptsMin only those that failed at least this often
 * @param text only those whose key, body or message contains this text, whatever its case
 * @param user only those about this user
 */
public record DeadLetterCriteria(
        Optional<Instant> until,
        Optional<String> fingerprint,
        Optional<String> eventType,
        Optional<String> payment,
        Optional<String> stage,
        OptionalInt attemptsMin,
        Optional<String> text,
        Optional<User> user) {

    public static final DeadLetterCriteria NONE = new DeadLetterCriteria(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * A user, found by the translation of the gateway, and where it reads none, as text in the body.
     *
     * @param translation with the settings of the caller
     */
    public record User(String subject, DeadLetterTranslation translation) {
        private boolean isIn(ConsumerRecord<byte[], byte[]> record) {
            return new Mentions(Set.of(), List.of(subject)).in(record)
                    || translation
                            .read(record)
                            .filter(content -> subject.equals(content.subject()))
                            .isPresent();
        }
    }

    boolean matches(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        return until.map(end -> letter.newestFailure().isBefore(end)).orElse(true)
                && fingerprint.map(letter.fingerprint()::equals).orElse(true)
                && eventType.map(letter.eventType()::equals).orElse(true)
                && payment.map(letter.paymentKey()::equals).orElse(true)
                && stage.map(letter.stage()::equals).orElse(true)
                && (attemptsMin.isEmpty() || letter.attempts() >= attemptsMin.getAsInt())
                && text.map(part -> contains(part, letter, record)).orElse(true)
                && user.map(about -> about.isIn(record)).orElse(true);
    }

    private static boolean contains(String part, DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        var wanted = new String(part.getBytes(UTF_8), ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
        return Stream.of(record.key(), record.value(), letter.message().getBytes(UTF_8))
                .filter(bytes -> bytes != null)
                .anyMatch(bytes -> new String(bytes, ISO_8859_1)
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(wanted));
    }

    /** The criteria by name, for an index; empty if bodies must be read to know. */
    Optional<Map<String, String>> terms() {
        if (text.isPresent() || user.isPresent()) {
            return Optional.empty();
        }
        var terms = new HashMap<String, String>();
        until.ifPresent(end -> terms.put("to", end.toString()));
        fingerprint.ifPresent(only -> terms.put("fingerprint", only));
        eventType.ifPresent(only -> terms.put("event_type", only));
        payment.ifPresent(only -> terms.put("payment", only));
        stage.ifPresent(only -> terms.put("stage", only));
        attemptsMin.ifPresent(least -> terms.put("attempts", Integer.toString(least)));
        return Optional.of(terms);
    }

    /** For people, one part for each criterion that is given. */
    Stream<String> descriptions() {
        return Stream.of(
                        until.map(end -> "failed before " + end),
                        fingerprint.map(only -> "fingerprint " + only),
                        eventType.map(only -> "event type " + only),
                        payment.map(only -> "payment " + only),
                        stage.map(only -> "stage " + only),
                        attemptsMin.isEmpty()
                                ? Optional.<String>empty()
                                : Optional.of("at least " + attemptsMin.getAsInt() + " attempts"),
                        text.map(part -> "text " + part),
                        user.map(about -> "user " + about.subject()))
                .flatMap(Optional::stream);
    }
}
