package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.topics.Headers;
import java.net.URLEncoder;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mentions an id has the words that an index requires of it; else the index would miss it. */
class MentionedWordsTest {
    private static final String LETTERS = "ab1_-.@%/ :=&\u00e9\u65e5";

    private final Random random = new Random(3);

    private static ConsumerRecord<byte[], byte[]> record(String body, boolean fromGateway) {
        var record = new ConsumerRecord<>("ipn.dlq", 0, 0, "k".getBytes(UTF_8), body.getBytes(UTF_8));
        if (fromGateway) {
            record.headers().add(Headers.CE_ID, "stripe/main/evt_1".getBytes(UTF_8));
        }
        return record;
    }

    private static boolean isFound(ConsumerRecord<byte[], byte[]> record, String id) {
        var words = MentionedWords.of(record);
        return MentionedWords.required(id)
                .map(forms -> forms.stream().anyMatch(words::containsAll))
                .orElse(true);
    }

    private String text(int length) {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    @Test
    void whatever_mentions_an_id_is_found() {
        var mentioned = 0;
        for (var round = 0; round < 20_000; round++) {
            var id = text(3 + random.nextInt(8));
            var inside = random.nextBoolean() ? id : URLEncoder.encode(id, UTF_8);
            var record = record(text(random.nextInt(6)) + inside + text(random.nextInt(6)), random.nextBoolean());
            if (new Mentions(Set.of(), List.of(id)).in(record)) {
                mentioned++;
                assertThat(isFound(record, id))
                        .as("'%s' in '%s'", id, new String(record.value(), UTF_8))
                        .isTrue();
            }
        }
        assertThat(mentioned).isGreaterThan(2_000);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"customer\":\"u_42\"}', u_42, true",
        "'{\"customer\":\"u_421\"}', u_42, false",
        "'{\"customer\":\"xu_42\"}', u_42, false",
        "custom=a%3Du_42&x=1, u_42, true",
        "'{\"customer\":\"u_7\"}', u_42, false",
        "anything, u, true"
    })
    void a_word_is_found_whole(String body, String id, boolean found) {
        assertThat(isFound(record(body, true), id)).isEqualTo(found);
    }

    @Test
    void an_id_in_binary_avro_may_stand_beside_letters_that_are_its_length() {
        assertThat(isFound(record("\u0002@u_42.", false), "u_42")).isTrue();
        assertThat(new Mentions(Set.of(), List.of("u_42")).in(record("\u0002@u_42.", false)))
                .isTrue();
        assertThat(new Mentions(Set.of(), List.of("u_42")).in(record("abcdu_42", false)))
                .isFalse();
    }
}
