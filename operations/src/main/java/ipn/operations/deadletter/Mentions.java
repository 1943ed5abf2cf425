package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.topic.Lookup;
import ipn.topics.Headers;
import java.net.URLEncoder;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Selects dead letters that may be about somebody: by payment key, or because the record contains an id as text.
 *
 * <p>A body that could not be translated has no fields, so its text is searched, as it is and percent-encoded. Ids inside an encoded body,
 * such as a signed token of Apple, are not found.
 */
public final class Mentions {
    /** A shorter id is found in nearly every body. */
    public static final int LENGTH_MIN = 3;

    private static final String MENTIONS = "mentions";

    private final Set<String> paymentKeys;
    private final Set<String> ids;
    private final Set<String> texts;

    /** @param ids ids of the subject and of its orders; those that are shorter than {@link #LENGTH_MIN} are not searched */
    public Mentions(Collection<String> paymentKeys, Collection<String> ids) {
        this.paymentKeys = Set.copyOf(paymentKeys);
        this.ids = ids.stream().filter(id -> id.length() >= LENGTH_MIN).collect(Collectors.toUnmodifiableSet());
        this.texts = this.ids.stream().flatMap(Mentions::forms).collect(Collectors.toUnmodifiableSet());
    }

    /** An id as bodies contain it: as it is, or percent-encoded. */
    static Stream<String> forms(String id) {
        return Stream.of(latin(id), URLEncoder.encode(id, UTF_8));
    }

    /** Finds these records, and perhaps others: by {@link MentionedWords}. */
    Lookup lookup(Lookup all) {
        return all.any(Lookup.KEY, paymentKeys).any(MENTIONS, ids);
    }

    /** Whether the record is one of these payments, or contains one of the ids. */
    public boolean in(ConsumerRecord<byte[], byte[]> record) {
        return (record.key() != null && paymentKeys.contains(new String(record.key(), UTF_8)))
                || contains(record, record.key())
                || contains(record, record.value());
    }

    private boolean contains(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] bytes) {
        if (bytes == null) {
            return false;
        }
        var content = new String(bytes, ISO_8859_1);
        var strange = strangeLetters(record);
        return texts.stream().anyMatch(text -> containsId(content, text, strange));
    }

    /** Only what a gateway sent is text. In binary Avro, the length before an id, or after it that of the next one, may look like letters. */
    static int strangeLetters(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(Headers.CE_ID) == null ? 2 : 0;
    }

    /** Whether the text occurs, and not only as a part of an id that is longer than by some strange letters. */
    private static boolean containsId(String content, String text, int strange) {
        for (var at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
            var end = at + text.length();
            var begins = lettersBefore(content, at, strange + 1) <= strange || isAfterEncoded(content, at);
            if (begins && lettersAfter(content, end, strange + 1) <= strange) {
                return true;
            }
        }
        return false;
    }

    /** Whether a percent sign and two digits are before it. */
    private static boolean isAfterEncoded(String content, int at) {
        return at >= 3
                && content.charAt(at - 3) == '%'
                && Character.digit(content.charAt(at - 2), 16) >= 0
                && Character.digit(content.charAt(at - 1), 16) >= 0;
    }

    private static int lettersBefore(String content, int at, int max) {
        var count = 0;
        while (count < max && at - count > 0 && isOfId(content.charAt(at - count - 1))) {
            count++;
        }
        return count;
    }

    private static int lettersAfter(String content, int end, int max) {
        var count = 0;
        while (count < max && end + count < content.length() && isOfId(content.charAt(end + count))) {
            count++;
        }
        return count;
    }

    static boolean isOfId(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || "_-.@".indexOf(letter) >= 0;
    }

    /** The UTF-8 bytes of a text as one character each, as bodies are searched. */
    private static String latin(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
