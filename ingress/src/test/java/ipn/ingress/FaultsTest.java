package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong on our side, wherever: an answer by the deadline, in the words of the contract, and nothing kept. */
class FaultsTest {
    private static final String BODY = "pay_1 evt_1";
    private static final String PRIVATE = "4111111111111111";

    private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    private final Logger requests = (Logger) LoggerFactory.getLogger("ipn.ingress.requests");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.getAppender("STDOUT").stop(); // faults are meant here
        requests.setLevel(Level.INFO);
    }

    @AfterEach
    void stop_listening() {
        root.detachAppender(log);
        root.getAppender("STDOUT").start();
        requests.setLevel(Level.OFF);
        assertThat(log.list)
                .allSatisfy(line -> assertThat(everything(line))
                        .doesNotContain(PRIVATE)
                        .doesNotContain(TestAccount.SECRET)
                        .doesNotContain("v1="));
    }

    private static String everything(ILoggingEvent line) {
        var thrown = line.getThrowableProxy();
        var text = new StringBuilder(line.getFormattedMessage()).append(line.getKeyValuePairs());
        for (IThrowableProxy each = thrown; each != null; each = each.getCause()) {
            text.append(each.getClassName()).append(each.getMessage());
        }
        return text.toString();
    }

    private static final List<Supplier<Throwable>> THROWN = List.of(
            () -> new IllegalStateException(PRIVATE),
            () -> new NullPointerException(PRIVATE),
            () -> new StackOverflowError(PRIVATE),
            () -> new OutOfMemoryError(PRIVATE),
            () -> new AssertionError(PRIVATE),
            () -> new CompletionException(new IllegalStateException(PRIVATE)));

    /** How authentication can go wrong, and the status that must follow. */
    static Stream<BiFunction<TestAccount, Delivery, CompletionStage<Verdict>>> brokenJudges() {
        Stream<BiFunction<TestAccount, Delivery, CompletionStage<Verdict>>> throwing =
                THROWN.stream().map(thrown -> (account, delivery) -> sneaky(thrown.get()));
        Stream<BiFunction<TestAccount, Delivery, CompletionStage<Verdict>>> failing =
                THROWN.stream().map(thrown -> (account, delivery) -> CompletableFuture.failedFuture(thrown.get()));
        return Stream.of(
                        throwing,
                        failing,
                        Stream.<BiFunction<TestAccount, Delivery, CompletionStage<Verdict>>>of(
                                (account, delivery) -> null,
                                (account, delivery) -> CompletableFuture.completedFuture(null),
                                (account, delivery) -> new CompletableFuture<>(),
                                (account, delivery) ->
                                        CompletableFuture.completedFuture(new Verdict.Undecided("not reachable"))))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("brokenJudges")
    void a_judge_that_fails_is_503(BiFunction<TestAccount, Delivery, CompletionStage<Verdict>> judge) {
        for (var account : List.of(
                TestAccount.main().judging(judge),
                TestAccount.main().judging(judge).slowly())) {
            try (var ingress = new Ingress("request-deadline: PT0.3S, publish-timeout: PT0.2S", account)) {
                assertThat(ingress.statusOf(Post.signed(BODY + PRIVATE))).isEqualTo(503);
                assertThat(ingress.raw.records).isEmpty();
                assertThat(ingress.bytesInFlight()).isZero();
            }
        }
    }

    @Test
    void a_gateway_that_cannot_identify_its_own_still_has_it_stored() {
        List<BiFunction<TestAccount, Delivery, List<Item>>> stumbling = List.of(
                (account, delivery) -> sneaky(new IllegalStateException(PRIVATE)),
                (account, delivery) -> sneaky(new StackOverflowError()),
                (account, delivery) -> List.of());
        for (var identifier : stumbling) {
            try (var ingress = new Ingress("", TestAccount.main().identifying(identifier))) {
                assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
                assertThat(ingress.raw.records.get(0).key())
                        .asString()
                        .isEqualTo("test/main/unidentified:"
                                + TestAccount.bytes(BODY).sha256());
            }
        }
    }

    @Test
    void a_log_that_fails_is_503_and_one_that_will_never_take_it_413() {
        var answers = Map.<Supplier<CompletionStage<Void>>, Integer>of(
                () -> CompletableFuture.failedFuture(new TimeoutException(PRIVATE)), 503,
                () -> CompletableFuture.failedFuture(new OutOfMemoryError(PRIVATE)), 503,
                () -> CompletableFuture.failedFuture(new RecordTooLargeException(PRIVATE)), 413,
                () -> sneaky(new IllegalStateException(PRIVATE)), 503,
                () -> new CompletableFuture<>(), 503);
        try (var ingress = new Ingress("request-deadline: PT0.3S, publish-timeout: PT0.2S", TestAccount.main())) {
            answers.forEach((storing, status) -> {
                ingress.raw.storing = records -> storing.get();
                var reply = ingress.answerTo(Post.signed(BODY));
                assertThat(reply.status()).isEqualTo(status);
                if (status == 503) {
                    assertThat(reply.header("retry-after")).contains("5");
                }
            });
            ingress.raw.storing = ingress.raw::store;
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
        }
    }

    @Test
    void bytes_stay_charged_until_kafka_is_done_with_them_even_past_the_answer() {
        try (var ingress = new Ingress("request-deadline: PT0.3S, publish-timeout: PT0.2S", TestAccount.main())) {
            var stored = new CompletableFuture<Void>();
            ingress.raw.storing = records -> stored;
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(503);
            assertThat(ingress.bytesInFlight()).isPositive();
            stored.complete(null);
            Ingress.await("given back", () -> ingress.bytesInFlight() == 0);
        }
    }

    @Test
    void a_broken_acknowledgement_is_503() {
        try (var ingress = new Ingress("", TestAccount.main().acknowledging(null))) {
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(503);
        }
    }

    @Test
    void one_line_is_logged_for_each_request_with_outcome_and_times() {
        try (var ingress = new Ingress("", TestAccount.main())) {
            ingress.statusOf(Post.signed(BODY + " " + PRIVATE));
            ingress.statusOf(Post.unsigned(BODY + " " + PRIVATE));
            ingress.statusOf(Post.signed(BODY).to("POST /ipn/" + PRIVATE + "/main HTTP/1.1"));
            ingress.statusOf(Post.signed(BODY).with("Host: " + PRIVATE));
            Ingress.await("four lines", () -> lines().size() == 4);
            ingress.statusOf(Post.signed(BODY));
            Ingress.await("a fifth line", () -> lines().size() >= 5);
            assertThat(lines())
                    .extracting(line -> line.get("outcome"))
                    .containsExactly("acknowledged", "not_authentic", "not_found", "bad_request", "acknowledged");
            assertThat(lines()).extracting(line -> line.get("status")).containsExactly(200, 401, 404, 400, 200);
            assertThat(lines())
                    .extracting(line -> line.get("gateway") + "/" + line.get("account"))
                    .containsExactly("test/main", "test/main", "unknown/unknown", "unknown/unknown", "test/main");
            assertThat(lines().get(0)).containsEntry("bytes", 28).containsKeys("authMs", "publishMs", "totalMs");
            assertThat(lines().get(1)).containsEntry("detail", "SIGNATURE_MISSING");
        }
    }

    private List<Map<String, Object>> lines() {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getLoggerName().equals("ipn.ingress.requests"))
                .map(line -> line.getKeyValuePairs().stream()
                        .collect(java.util.stream.Collectors.toMap(pair -> pair.key, pair -> pair.value)))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <T, E extends Throwable> T sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
