package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementEventType;
import ipn.topics.ByteLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can write to a topic that the projector reads can write anything: it becomes a dead letter, and the others go on. */
class BrokenRecordsTest extends WithProjection {
    private static final int RANDOM_RECORDS = Integer.getInteger("broken.records", 800);
    private static final List<String> TOPICS =
            List.of("ipn.outcomes", "ipn.allocations", "ipn.claims", "ipn.brake", "ipn.orders", "ipn.decisions");

    private record Broken(String topic, String what, byte @Nullable [] key, byte @Nullable [] value) {
        @Override
        public String toString() {
            return topic + ": " + what;
        }
    }

    static Stream<Broken> broken() {
        var key = utf8("u_1");
        return TOPICS.stream()
                .flatMap(topic -> Stream.of(
                        new Broken(topic, "two bytes", key, new byte[] {1, 2}),
                        new Broken(topic, "no byte", key, new byte[0]),
                        new Broken(topic, "an unknown schema", key, new byte[] {0, 0, 0, 3, 9, 1, 2, 3}),
                        new Broken(topic, "text", key, utf8("{}")),
                        new Broken(topic, "eight megabytes of zeros", key, new byte[8 * 1024 * 1024]),
                        new Broken(topic, "a key that is no text", new byte[] {(byte) 0xc3, 0x28}, new byte[] {1}),
                        new Broken(topic, "no key", null, new byte[] {1})));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void what_cannot_be_read_is_a_dead_letter_and_the_next_record_is_processed(Broken broken) {
        projection.wroteTo(
                broken.topic, new TestRecord<>(broken.key, broken.value, new RecordHeaders(), Projection.NOON));

        var letter = projection.deadLetters().readRecord();
        assertThat(header(letter, "__streams.errors.topic")).contains(broken.topic);
        assertThat(header(letter, "ipn.dlq.reason")).get().asString().isIn("MALFORMED", "INVALID_ID");
        assertThat(header(letter, "ipn.dlq.stage")).contains("projector");
        var whole = broken.value.length <= ByteLimits.WHOLE_RECORD;
        assertThat(header(letter, "ipn.dlq.truncated").isEmpty()).isEqualTo(whole);
        assertThat(letter.key()).isEqualTo(broken.key);
        assertThat(letter.value()).isEqualTo(whole ? broken.value : Arrays.copyOf(broken.value, ByteLimits.EXCERPT));
        grants();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipn.outcomes", "ipn.allocations", "ipn.claims", "ipn.brake", "ipn.decisions"})
    void a_tombstone_of_a_topic_of_ours_is_a_dead_letter(String topic) {
        projection.wroteTo(topic, new TestRecord<>(utf8("u_1"), null, new RecordHeaders(), Projection.NOON));
        assertThat(projection.deadLetters().readRecord().value()).isNull();
        grants();
    }

    @Test
    void a_record_that_a_rule_fails_on_is_a_dead_letter_with_its_bytes() {
        var claim = claim("c_1").setFrom(null).setUntil(null).build();
        var headers = new RecordHeaders()
                .add("h", new byte[] {(byte) 0xff})
                .add("h", null)
                .add("h", new byte[0]);
        var source = headers.toArray();
        var value = Projection.KAFKA.serdes().serializer(Claim.class).serialize("ipn.claims", claim);
        projection.wroteTo("ipn.claims", new TestRecord<>(utf8("u_9"), value, headers, Projection.NOON));

        var letter = projection.deadLetters().readRecord();
        assertThat(letter.headers().toArray()).startsWith(source);
        assertThat(header(letter, "ipn.dlq.reason")).contains("INTERNAL_ERROR");
        assertThat(header(letter, "ipn.dlq.class")).contains("transient");
        assertThat(header(letter, "__streams.errors.message"))
                .as("type and place; a message of an exception could quote what a payer wrote")
                .get()
                .asString()
                .matches("[\\w.$]+ at [\\w.$/]+\\([^()]*\\)");
        assertThat(Projection.KAFKA.serdes().deserializer(Claim.class).deserialize("ipn.claims", letter.value()))
                .isEqualTo(claim);
        assertThat(projection.events()).isEmpty();
        grants();
    }

    @Test
    void of_a_record_too_large_for_a_dead_letter_that_a_rule_fails_on_the_first_bytes_are_kept() {
        projection.claimed(claim("c_1")
                .setFrom(null)
                .setUntil(null)
                .setProduct("x".repeat(ByteLimits.WHOLE_RECORD))
                .build());

        var letter = projection.deadLetters().readRecord();
        assertThat(header(letter, "ipn.dlq.reason")).contains("INTERNAL_ERROR");
        assertThat(header(letter, "ipn.dlq.truncated")).isPresent();
        assertThat(letter.value()).hasSize(ByteLimits.EXCERPT);
        grants();
    }

    @Test
    void a_record_larger_than_any_of_its_topic_is_not_read() {
        projection.claimed(
                claim("c_1").setProduct("x".repeat(ByteLimits.LARGEST_RECORD)).build());

        var letter = projection.deadLetters().readRecord();
        assertThat(header(letter, "ipn.dlq.reason")).contains("MALFORMED");
        assertThat(projection.events()).isEmpty();
        grants();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ipn.outcomes", "ipn.allocations", "ipn.claims", "ipn.brake", "ipn.orders", "ipn.decisions"})
    void random_bytes_never_stop_it_and_never_disappear(String topic) {
        var random = new SplittableRandom(42);
        IntStream.range(0, RANDOM_RECORDS).forEach(number -> {
            var key = bytes(random, 12);
            var value = bytes(random, random.nextInt(200) == 0 ? 100_000 : 300);
            var headers = new RecordHeaders();
            for (var i = random.nextInt(4); i > 0; i--) {
                headers.add("h" + random.nextInt(3), random.nextBoolean() ? bytes(random, 40) : null);
            }
            var source = headers.toArray();
            projection.wroteTo(topic, new TestRecord<>(key, value, headers, Projection.NOON));
            var letter = projection.deadLetters().readRecord();
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(value);
            assertThat(Arrays.copyOf(letter.headers().toArray(), source.length)).isEqualTo(source);
        });
        grants();
    }

    private void grants() {
        assertThat(projection.deadLetters().isEmpty()).isTrue();
        projection.claimed(claim("c_9").build());
        assertThat(projection.events())
                .singleElement()
                .satisfies(event -> assertThat(event.getType()).isEqualTo(EntitlementEventType.GRANTED));
    }

    private static Claim.Builder claim(String key) {
        return Claim.newBuilder()
                .setClaimKey(key)
                .setPaymentKey("stripe/main/" + key)
                .setSubject("u_9")
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.PERIOD)
                .setStatus(ClaimStatus.PAID)
                .setFrom(Projection.NOON)
                .setUntil(Projection.NOON.plusSeconds(3_600))
                .setAt(Projection.NOON)
                .setAmount(800L)
                .setCurrency("USD")
                .setTest(false)
                .setCause(new ipn.avro.Cause("stripe/main/evt_1", "ipn.raw", 0, 1L, false));
    }

    private static Optional<String> header(TestRecord<byte[], byte[]> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(SplittableRandom random, int max) {
        var bytes = new byte[1 + random.nextInt(max)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
