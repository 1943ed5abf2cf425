package ipn.query.model;

import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.key.Sha256;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that a payment is found by: of what the merchant, the payer or the gateway wrote into references and facts, and of the names of what
 * was bought. The notifications themselves, with the payer's name and address, are not among them.
 */
public record PaymentWords(PaymentState state) {
    private static final int WORDS_MAX = 64;
    private static final int EMAILS_MAX = 8;
    private static final int LENGTH_MIN = 3;
    private static final int LENGTH_MAX = 100;
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>()\\[\\],;:\"']{1,64}@[^\\s@<>()\\[\\],;:\"']{1,190}\\.[\\p{L}\\p{N}]{2,60}");

    /** How an e-mail address is searched: without the address itself. */
    public static String hash(String address) {
        return Sha256.hex(address.strip().toLowerCase(Locale.ROOT));
    }

    /** The words of a text, in lower case, without short ones. */
    public static Set<String> split(String text) {
        return BETWEEN.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= LENGTH_MIN && word.length() <= LENGTH_MAX)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Stream<String> words() {
        return texts().flatMap(text -> split(text).stream()).distinct().limit(WORDS_MAX);
    }

    Stream<String> emailHashes() {
        return texts().filter(text -> text.indexOf('@') > 0)
                .flatMap(text -> EMAIL.matcher(text).results().map(found -> hash(found.group())))
                .distinct()
                .limit(EMAILS_MAX);
    }

    private Stream<String> texts() {
        return Stream.of(
                        state.getReferences().values().stream().sorted(),
                        state.getFacts().stream().map(FactRow::getText).filter(Objects::nonNull),
                        state.getSkus().stream())
                .flatMap(each -> each);
    }
}
