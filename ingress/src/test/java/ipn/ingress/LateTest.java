package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While the ingress or Kafka is late, further notifications are refused at once, and served again as soon as it is not. */
class LateTest {
    private static final String BODY = "pay_1 evt_1";
    /** As many as may always wait for Kafka. */
    private static final int WAITING = 256;

    private static final int SENT_AT_ONCE = 16;

    private final List<Wire> waiting = new ArrayList<>();
    private final Queue<CompletableFuture<Void>> stored = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        complete(stored.size());
        waiting.forEach(Wire::close);
    }

    @Test
    void when_too_many_wait_for_kafka_it_is_503_at_once_on_a_connection_that_stays() {
        try (var ingress = new Ingress("", TestAccount.main());
                var gateway = ingress.open()) {
            assertThat(gateway.send(Post.signed(BODY).bytes()).mustAnswer().status())
                    .isEqualTo(200);
            fill(ingress, WAITING);
            for (var i = 0; i < 500; i++) {
                var refused =
                        gateway.send(Post.signed("pay_1 evt_" + i).bytes()).mustAnswer();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).contains("5");
            }
            assertThat(ingress.raw.records).hasSize(WAITING);
            assertThat(ingress.registry
                            .get("ipn.ingress.requests")
                            .tags("account", "main", "outcome", "busy")
                            .counter()
                            .count())
                    .isEqualTo(500);
            recover(ingress);
            assertThat(waiting).allMatch(wire -> wire.mustAnswer().status() == 200);
            assertThat(gateway.send(Post.signed(BODY).bytes()).mustAnswer().status())
                    .isEqualTo(200);
            assertThat(ingress.bytesInFlight()).isZero();
        }
    }

    @Test
    void strangers_are_refused_first() {
        try (var ingress = new Ingress("", TestAccount.main());
                var stranger = ingress.openFrom("127.0.0.9")) {
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
            fill(ingress, WAITING);
            complete(WAITING / 5);
            assertThat(stranger.send(Post.signed(BODY).bytes()).mustAnswer().status())
                    .isEqualTo(503);
            waiting.add(ingress.open().send(Post.signed(BODY).bytes()));
            Ingress.await("the gateway's is being stored", () -> ingress.raw.records.size() > WAITING);
        }
    }

    @Test
    void behind_a_proxy_the_header_says_who_is_a_stranger() {
        try (var ingress = new Ingress("client-address-header: x-forwarded-for", TestAccount.main());
                var proxy = ingress.open()) {
            var gateways = Post.signed(BODY).with("X-Forwarded-For: 203.0.113.1");
            assertThat(proxy.send(gateways.bytes()).mustAnswer().status()).isEqualTo(200);
            fill(ingress, gateways, WAITING);
            complete(WAITING / 5);
            var strangers = Post.signed(BODY).with("X-Forwarded-For: 203.0.113.1, 203.0.113.2");
            assertThat(proxy.send(strangers.bytes()).mustAnswer().status()).isEqualTo(503);
            assertThat(ingress.statusOf(strangers.chunked())).isEqualTo(503);
            recover(ingress);
            assertThat(proxy.send(gateways.bytes()).mustAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void what_the_decoder_has_to_read_is_refused_too() {
        try (var ingress = new Ingress("", TestAccount.main())) {
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
            fill(ingress, WAITING);
            assertThat(ingress.statusOf(Post.signed(BODY).chunked())).isEqualTo(503);
            assertThat(ingress.statusOf(Post.signed(BODY).with("Connection: close")))
                    .isEqualTo(503);
            assertThat(ingress.statusOf(Post.signed("x".repeat(500_000)))).isEqualTo(503);
            assertThat(ingress.raw.records).hasSize(WAITING);
        }
    }

    @Test
    void the_rest_of_a_refused_body_is_no_request() {
        try (var ingress = new Ingress("", TestAccount.main());
                var gateway = ingress.open()) {
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
            fill(ingress, WAITING);
            var post = Post.signed(BODY);
            assertThat(gateway.send(post.head()).mustAnswer().status()).isEqualTo(503);
            var acknowledged = ingress.requests("acknowledged");
            recover(ingress);
            Ingress.await("nothing waits", () -> ingress.requests("acknowledged") == acknowledged + WAITING);
            gateway.send(BODY.substring(0, 3)).send(BODY.substring(3) + post.head() + BODY);
            assertThat(gateway.mustAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_refusal_never_overtakes_the_response_to_a_request_before_it() {
        try (var ingress = new Ingress("", TestAccount.main());
                var gateway = ingress.open()) {
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
            fill(ingress, WAITING - 1);
            gateway.send(Post.signed(BODY).bytes());
            Ingress.await("it is being stored", () -> ingress.raw.records.size() == WAITING);
            awaitLimit(ingress);
            gateway.send(Post.signed(BODY).bytes()).send(Post.signed(BODY).bytes());
            for (var i = 0; i < 8; i++) { // on each event loop, which has read those before
                assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(503);
            }
            recover(ingress);
            assertThat(gateway.mustAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_connection_that_is_only_refused_is_neither_idle_nor_without_a_head() {
        try (var ingress = new Ingress(
                "header-deadline: PT0.2S, idle-timeout: PT0.6S, request-deadline: PT0.5S, publish-timeout: PT0.4S",
                TestAccount.main())) {
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
            fill(ingress, WAITING);
            try (var gateway = ingress.open()) {
                var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
                while (System.nanoTime() < until) {
                    assertThat(gateway.send(Post.signed(BODY).bytes())
                                    .mustAnswer()
                                    .status())
                            .isEqualTo(503);
                }
            }
        }
    }

    @Test
    void an_event_loop_that_stays_late_refuses_and_recovers_at_once() {
        var slow = TestAccount.main().judging((account, delivery) -> {
            var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
            while (System.nanoTime() < until) {
                Thread.onSpinWait(); // as if it cost 5 ms
            }
            return CompletableFuture.completedFuture(new Verdict.Genuine("hmac", "env:KEY"));
        });
        try (var ingress = new Ingress("", slow)) {
            try (var load = new Load(ingress.server.port(), 100, "late")) {
                load.awaitRefused(200);
                load.awaitAcknowledged(200);
            }
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
        }
    }

    private void fill(Ingress ingress, int count) {
        fill(ingress, Post.signed(BODY), count);
    }

    private void fill(Ingress ingress, Post post, int count) {
        for (var i = 0; i < 500; i++) { // event loops that have just begun are late
            assertThat(ingress.statusOf(post)).isEqualTo(200);
        }
        ingress.raw.records.clear();
        ingress.raw.storing = records -> {
            ingress.raw.store(records);
            var each = new CompletableFuture<Void>();
            stored.add(each);
            return each;
        };
        for (var sent = 1; sent <= count; sent++) {
            waiting.add(ingress.open().send(post.bytes()));
            if (sent % SENT_AT_ONCE == 0 || sent == count) {
                var all = sent;
                Ingress.await("so many are being stored", () -> ingress.raw.records.size() == all);
            }
        }
        if (count >= WAITING) {
            awaitLimit(ingress);
        }
    }

    /** Kafka confirms everything at once again. */
    private void recover(Ingress ingress) {
        ingress.raw.storing = ingress.raw::store;
        complete(stored.size());
    }

    /** Kafka confirms so many. */
    private void complete(int count) {
        for (var i = 0; i < count; i++) {
            Optional.ofNullable(stored.poll()).ifPresent(each -> each.complete(null));
        }
    }

    /** A burst may be larger; the limit holds when they stay waiting. */
    private static void awaitLimit(Ingress ingress) {
        Ingress.await(
                "the limit is in force",
                () -> ingress.registry.get("ipn.ingress.waiting.limit").gauge().value() == WAITING);
    }
}
