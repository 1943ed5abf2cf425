package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureAttacksTest {
    private static final byte[] BODY = "pay_1 evt_1".getBytes(StandardCharsets.UTF_8);
    private static Ingress ingress;

    @BeforeAll
    static void start() {
        ingress = new Ingress("", TestAccount.main(), new TestAccount("other", "the-secret-of-the-other-one"));
    }

    @AfterAll
    static void stop() {
        ingress.close();
    }

    @AfterEach
    void nothing_is_held_any_more() {
        Ingress.await("bytes are given back", () -> ingress.bytesInFlight() == 0);
        ingress.raw.records.clear();
    }

    @Test
    void a_signed_notification_is_stored_and_acknowledged() {
        var reply = ingress.answerTo(Post.signed(BODY));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("[accepted]");
        assertThat(reply.header("content-type")).contains("text/plain");
        assertThat(ingress.raw.records).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(BODY);
            assertThat(record.key()).asString().isEqualTo("test/main/pay_1");
        });
    }

    static Stream<String> notSignatures() {
        var valid = TestAccount.signature(TestAccount.SECRET, Post.NOW, BODY);
        var hex = valid.substring(valid.indexOf("v1=") + 3);
        var t = valid.substring(0, valid.indexOf(','));
        var wrong = (hex.charAt(0) == '0' ? '1' : '0') + hex.substring(1);
        var truncated = IntStream.of(1, 2, 16, 31, 32).mapToObj(bytes -> t + ",v1=" + hex.substring(0, bytes * 2 - 1));
        return Stream.concat(
                truncated,
                Stream.of(
                        "",
                        "   ",
                        t + ",v1=" + wrong,
                        t + ",v1=" + hex.substring(2),
                        t + ",v1=" + hex.substring(0, 63),
                        t + ",v1=" + "zz" + hex.substring(2),
                        t + ",v1=" + hex + hex,
                        t + ",v0=" + hex,
                        t + ",alg=none,v1=",
                        "v1=" + hex,
                        TestAccount.signature("null", Post.NOW, BODY),
                        TestAccount.signature(" ", Post.NOW, BODY),
                        TestAccount.signature("the-secret-of-the-other-one", Post.NOW, BODY),
                        "t=9223372036854775808,v1=" + hex,
                        "t=-5,v1=" + hex,
                        "t=noon,v1=" + hex,
                        "t=,v1=" + hex,
                        "t=" + (Post.NOW.getEpochSecond() + 1) + ",v1=" + hex,
                        TestAccount.signature(TestAccount.SECRET, Post.NOW.minusSeconds(301), BODY),
                        TestAccount.signature(TestAccount.SECRET, Post.NOW.plusSeconds(301), BODY)));
    }

    @ParameterizedTest
    @MethodSource("notSignatures")
    void anything_but_the_signature_is_401_and_leaves_no_record(String claim) {
        var post = Post.unsigned(BODY).with("Test-Signature: " + claim);
        assertThat(ingress.statusOf(post)).isEqualTo(401);
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void no_signature_is_401() {
        assertThat(ingress.statusOf(Post.unsigned(BODY))).isEqualTo(401);
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void two_signatures_are_401_even_if_one_is_valid() {
        assertThat(ingress.statusOf(Post.signed(BODY).with("Test-Signature: t=1,v1=00")))
                .isEqualTo(401);
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void a_signature_of_a_megabyte_is_431() {
        var post = Post.unsigned(BODY).with("Test-Signature: " + "0".repeat(1024 * 1024));
        try (var wire = ingress.open()) {
            assertThat(wire.send(post.bytes()).answer().map(Wire.Reply::status))
                    .hasValueSatisfying(status -> assertThat(status).isEqualTo(431));
        }
    }

    static Stream<byte[]> changedBodies() {
        return Stream.concat(
                IntStream.range(0, BODY.length).mapToObj(at -> {
                    var changed = BODY.clone();
                    changed[at] ^= 1;
                    return changed;
                }),
                Stream.of("pay_1 evt_1\n", "pay_1 evt_1\r\n", "pay_1  evt_1", "")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("changedBodies")
    void a_body_changed_by_one_byte_is_401(byte[] changed) {
        var signature = TestAccount.signature(TestAccount.SECRET, Post.NOW, BODY);
        assertThat(ingress.statusOf(Post.unsigned(changed).with("Test-Signature: " + signature)))
                .isEqualTo(401);
        assertThat(ingress.raw.records).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void a_timestamp_within_the_tolerance_is_believed(long seconds) {
        var at = Post.NOW.plusSeconds(seconds);
        var post = Post.unsigned(BODY).with("Test-Signature: " + TestAccount.signature(TestAccount.SECRET, at, BODY));
        assertThat(ingress.statusOf(post)).isEqualTo(200);
    }

    @Test
    void an_old_secret_counts_during_the_overlap_and_the_record_says_which_it_was() {
        var old = TestAccount.signature(TestAccount.OLD_SECRET, Post.NOW, BODY);
        assertThat(ingress.statusOf(Post.unsigned(BODY).with("Test-Signature: " + old)))
                .isEqualTo(200);
        assertThat(ingress.raw
                        .records
                        .get(0)
                        .headers()
                        .lastHeader("ipn.verified-by")
                        .value())
                .asString()
                .isEqualTo("hmac-sha256 env:TEST_SECRET_OLD");
    }

    @Test
    void a_thousand_parallel_replays_are_all_stored() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Long> replays = () -> {
                try (var wire = ingress.open()) {
                    return IntStream.range(0, 125)
                            .filter(i -> wire.send(Post.signed(BODY).bytes())
                                            .mustAnswer()
                                            .status()
                                    == 200)
                            .count();
                }
            };
            var stored = 0L;
            for (var done : threads.invokeAll(java.util.Collections.nCopies(8, replays))) {
                stored += done.get();
            }
            assertThat(stored).isEqualTo(1000);
            assertThat(ingress.raw.records).hasSize(1000);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void every_unknown_gateway_and_account_gets_the_same_404() {
        var answers = Stream.of("/ipn/test/nobody", "/ipn/stripe/main", "/ipn/test", "/ipn/", "/", "/ipn/test/main/x")
                .map(path -> ingress.answerTo(Post.signed(BODY).to("POST " + path + " HTTP/1.1")))
                .toList();
        assertThat(answers).allMatch(answer -> answer.status() == 404);
        assertThat(answers.stream().map(Wire.Reply::body).distinct()).hasSize(1);
        assertThat(answers.stream().map(Wire.Reply::headers).distinct()).hasSize(1);
    }

    @Test
    void all_401_are_alike() {
        var missing = ingress.answerTo(Post.unsigned(BODY));
        var stale = ingress.answerTo(Post.unsigned(BODY)
                .with("Test-Signature: " + TestAccount.signature(TestAccount.SECRET, Instant.EPOCH, BODY)));
        assertThat(missing).isEqualTo(stale);
    }
}
