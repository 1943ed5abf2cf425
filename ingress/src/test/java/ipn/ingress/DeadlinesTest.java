package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Senders that take their time. */
class DeadlinesTest {
    private static final String BODY = "pay_1 evt_1";
    private Ingress ingress;
    private ScheduledExecutorService drip;

    @BeforeEach
    void start() {
        ingress = new Ingress(
                "header-deadline: PT0.4S, request-deadline: PT0.6S, publish-timeout: PT0.5S, idle-timeout: PT1S,"
                        + " connections-per-client-max: 2000",
                TestAccount.main());
        drip = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void stop() {
        drip.shutdownNow();
        Ingress.await("bytes are given back", () -> ingress.bytesInFlight() == 0);
        ingress.close();
    }

    private void drip(Wire wire, String text) {
        drip.scheduleAtFixedRate(() -> wire.send(text), 0, 50, TimeUnit.MILLISECONDS);
    }

    @Test
    void headers_that_drip_are_408_at_the_deadline() {
        try (var wire = ingress.open()) {
            drip(wire.send("POST /ipn/test/main HTTP/1.1\r\nX-Slow: "), "a");
            assertThat(wire.mustAnswer().status()).isEqualTo(408);
            assertThat(wire.closed()).isTrue();
        }
        assertThat(ingress.requests("too_slow")).isEqualTo(1);
    }

    @Test
    void headers_that_drip_behind_another_request_end_in_a_close() {
        try (var wire = ingress.open()) {
            assertThat(wire.send(Post.signed(BODY).bytes()).mustAnswer().status())
                    .isEqualTo(200);
            drip(wire, "P");
            assertThat(wire.answer()).isEmpty();
        }
    }

    @Test
    void a_body_that_drips_is_408_at_the_deadline() {
        try (var wire = ingress.open()) {
            drip(wire.send(Post.signed("x".repeat(1000)).head()), "x");
            assertThat(wire.mustAnswer().status()).isEqualTo(408);
            assertThat(wire.closed()).isTrue();
        }
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void a_body_promised_longer_than_it_is_is_408() {
        try (var wire = ingress.open()) {
            wire.send(Post.signed(BODY)
                    .replacing("Content-Length", "Content-Length: 99")
                    .bytes());
            assertThat(wire.mustAnswer().status()).isEqualTo(408);
        }
    }

    @Test
    void a_sender_that_expects_100_and_then_says_nothing_is_408() {
        try (var wire = ingress.open()) {
            wire.send(Post.signed(BODY).with("Expect: 100-continue").head());
            assertThat(wire.mustAnswer().status()).isEqualTo(100);
            assertThat(wire.mustAnswer().status()).isEqualTo(408);
            assertThat(wire.closed()).isTrue();
        }
    }

    @Test
    void a_connection_that_says_nothing_is_closed() {
        try (var silent = ingress.open();
                var idle = ingress.open()) {
            idle.send(Post.signed(BODY).bytes()).mustAnswer();
            assertThat(silent.answer()).isEmpty();
            assertThat(idle.answer()).isEmpty();
        }
    }

    @Test
    void others_are_served_while_a_thousand_connections_idle() {
        List<Wire> idle = new ArrayList<>();
        try {
            for (var i = 0; i < 1000; i++) {
                idle.add(ingress.open().send(i % 2 == 0 ? "POST /ipn/test/main HTTP/1.1\r\nHost: x\r\n" : ""));
            }
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
        } finally {
            idle.forEach(Wire::close);
        }
    }

    @Test
    void a_gateway_that_hangs_up_sooner_is_answered_sooner() {
        var impatient = TestAccount.main().waiting(Duration.ofMillis(300));
        try (var other = new Ingress("request-deadline: PT60S, idle-timeout: PT90S", impatient)) {
            other.raw.storing = some -> new CompletableFuture<>();
            assertThat(other.statusOf(Post.signed(BODY))).isEqualTo(503);
            assertThat(other.requests("overdue")).isEqualTo(1);
        }
    }

    @Test
    void a_connection_on_which_nothing_authentic_arrives_is_closed_soon() {
        try (var other = new Ingress("first-success-timeout: PT0.3S", TestAccount.main());
                var stranger = other.openFrom("127.0.0.2");
                var gateway = other.open()) {
            assertThat(gateway.send(Post.signed(BODY).bytes()).mustAnswer().status())
                    .isEqualTo(200);
            assertThat(stranger.closed()).isTrue();
            assertThat(gateway.send(Post.signed(BODY).bytes()).mustAnswer().status())
                    .isEqualTo(200);
        }
    }
}
