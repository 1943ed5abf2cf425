package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What an index keeps of a dead letter, to find those that may mention an id: hashes of the words in its key and body. A word is as long as
 * it can be, of letters, digits and the signs that ids have. Different words may have one hash, so {@link Mentions} looks at what was found.
 */
public final class MentionedWords {
    /** In the place of all words, of a record with too many. */
    public static final int ANY = 0;

    private static final int WORDS_MAX = 4_096;
    private static final int LENGTH_MIN = 3;

    private MentionedWords() {}

    /** The hashes of a record, sorted. */
    public static Set<Integer> of(ConsumerRecord<byte[], byte[]> record) {
        var words = new TreeSet<Integer>();
        var strange = Mentions.strangeLetters(record);
        add(record.key(), strange, words::add);
        add(record.value(), strange, words::add);
        return words.size() <= WORDS_MAX ? words : Set.of(ANY);
    }

    /**
     * The hashes that a record must have that mentions an id in one of its forms, one set for each form.
     *
     * @return empty if the id has no word that is long enough: any record may mention it
     */
    public static Optional<List<Set<Integer>>> required(String id) {
        var forms = Mentions.forms(id)
                .distinct()
                .map(form -> {
                    var words = new TreeSet<Integer>();
                    add(form, 0, false, words::add);
                    return (Set<Integer>) words;
                })
                .collect(Collectors.toList());
        return forms.stream().anyMatch(Set::isEmpty) ? Optional.empty() : Optional.of(forms);
    }

    private static void add(byte @Nullable [] bytes, int strange, IntConsumer words) {
        if (bytes != null) {
            add(new String(bytes, ISO_8859_1), strange, true, words);
        }
    }

    /**
     * @param strange how many letters before and after a word may not belong to it
     * @param encoded whether a word may begin after a percent sign and two digits, too
     */
    private static void add(String text, int strange, boolean encoded, IntConsumer words) {
        var from = 0;
        while (from < text.length()) {
            if (!Mentions.isOfId(text.charAt(from))) {
                from++;
                continue;
            }
            var to = from;
            while (to < text.length() && Mentions.isOfId(text.charAt(to))) {
                to++;
            }
            for (var before = 0; before <= strange; before++) {
                for (var after = 0; after <= strange; after++) {
                    addWord(text, from + before, to - after, words);
                }
            }
            if (encoded && from > 0 && text.charAt(from - 1) == '%') {
                for (var after = 0; after <= strange; after++) {
                    addWord(text, from + 2, to - after, words);
                }
            }
            from = to;
        }
    }

    private static void addWord(String text, int from, int to, IntConsumer words) {
        if (to - from >= LENGTH_MIN) {
            var hash = text.substring(from, to).hashCode();
            words.accept(hash == ANY ? 1 : hash);
        }
    }
}
