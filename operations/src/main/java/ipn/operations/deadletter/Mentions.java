package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

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

    private final Set<String> paymentKeys;
    private final Set<String> texts;

    /** @param ids ids of the subject and of its orders; those that are shorter than {@link #LENGTH_MIN} are not searched */
    public Mentions(Collection<String> paymentKeys, Collection<String> ids) {
        this.paymentKeys = Set.copyOf(paymentKeys);
        this.texts = ids.stream()
                .filter(id -> id.length() >= LENGTH_MIN)
                .flatMap(id -> Stream.of(latin(id), URLEncoder.encode(id, UTF_8)))
                .collect(Collectors.toUnmodifiableSet());
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
        // Only what a gateway sent is text. In binary Avro, the length before an id may look like a letter.
        return record.headers().lastHeader(Headers.CE_ID) == null
                ? texts.stream().anyMatch(content::contains)
                : texts.stream().anyMatch(text -> containsId(content, text));
    }

    /** Whether the text occurs, and not only as a part of a longer id. */
    private static boolean containsId(String content, String text) {
        for (var at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
            var end = at + text.length();
            var begins = at == 0 || !isOfId(content.charAt(at - 1)) || (at >= 3 && content.charAt(at - 3) == '%');
            if (begins && (end == content.length() || !isOfId(content.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfId(char letter) {
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
