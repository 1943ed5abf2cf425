package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** More than the stage takes: what is too much is told to come back, what fits is served. */
class OverloadTest {
    private static final String BODY = "pay_1 evt_1";

    @Test
    void above_the_bytes_in_flight_it_is_503_before_kafka_is_touched() {
        try (var ingress = new Ingress("in-flight-bytes-max: 2097152", TestAccount.main())) {
            var stored = new CompletableFuture<Void>();
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200); // a client that has proven itself
            ingress.raw.records.clear();
            ingress.raw.storing = records -> {
                ingress.raw.store(records);
                return stored;
            };
            var large = Post.signed("x".repeat(900_000));
            try (var first = ingress.open().send(large.bytes());
                    var second = ingress.open().send(large.bytes())) {
                Ingress.await("two are being stored", () -> ingress.raw.records.size() == 2);
                var refused = ingress.answerTo(large);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("retry-after")).contains("5");
                assertThat(ingress.statusOf(Post.signed("x".repeat(900_000)).chunked()))
                        .isEqualTo(503);
                assertThat(ingress.raw.records).hasSize(2);
                stored.complete(null);
                assertThat(first.mustAnswer().status()).isEqualTo(200);
                assertThat(second.mustAnswer().status()).isEqualTo(200);
            }
            assertThat(ingress.statusOf(large)).isEqualTo(200);
            assertThat(ingress.bytesInFlight()).isZero();
        }
    }

    @Test
    void a_batch_whose_copies_would_fill_half_the_budget_is_413() {
        try (var ingress = new Ingress("in-flight-bytes-max: 2097152", TestAccount.main())) {
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_1\n".repeat(20))))
                    .isEqualTo(200);
            assertThat(ingress.raw.records).hasSize(20);
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_1\n".repeat(1000))))
                    .isEqualTo(413);
            assertThat(ingress.raw.records).hasSize(20);
        }
    }

    @Test
    void strangers_leave_a_quarter_of_the_bytes_to_clients_that_have_proven_themselves() {
        try (var ingress = new Ingress("in-flight-bytes-max: 2097152, body-bytes-max: 1048576", TestAccount.main())) {
            var strangers = new ArrayList<Wire>();
            for (var i = 2; i < 40; i++) {
                strangers.add(ingress.openFrom("127.0.0." + i)
                        .send(Post.unsigned("x".repeat(100_000)).head() + "x".repeat(99_999)));
            }
            Ingress.await("strangers fill their share", () -> ingress.requests("busy") > 0);
            assertThat(ingress.bytesInFlight()).isLessThanOrEqualTo(2097152 / 4.0 * 3);
            var large = Post.signed("pay_1 evt_2 " + "x".repeat(300_000));
            assertThat(ingress.statusOf(large)).isEqualTo(503); // from an address that has proven nothing yet
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
            assertThat(ingress.statusOf(large)).isEqualTo(200);
            strangers.forEach(Wire::close);
        }
    }

    @Test
    void one_stranger_has_so_many_connections_and_all_strangers_leave_a_quarter() {
        try (var ingress = new Ingress("connections-max: 16, connections-per-client-max: 3", TestAccount.main())) {
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
            Ingress.await("its connection is gone", () -> ingress.connections() == 0);
            var open = new ArrayList<Wire>();
            for (var i = 0; i < 3; i++) {
                open.add(ingress.openFrom("127.0.0.2"));
            }
            // Event loops count connections in any order.
            Ingress.await("three are counted", () -> ingress.connections() == 3);
            open.add(ingress.openFrom("127.0.0.2"));
            assertThat(open.get(3).send(Post.signed(BODY).bytes()).answer()).isEmpty();
            // Far more than fit, so that some are being refused while the gateway connects: those must not take its
            // quarter.
            for (var i = 3; i < 100; i++) {
                open.add(ingress.openFrom("127.0.0." + i).send("POST "));
                open.add(ingress.openFrom("127.0.0." + i).send("POST "));
            }
            Ingress.await("strangers have three quarters", () -> ingress.connections() == 12);
            for (var i = 0; i < 4; i++) {
                var gateway = ingress.open();
                assertThat(gateway.send(Post.signed(BODY).bytes()).mustAnswer().status())
                        .isEqualTo(200);
                open.add(gateway);
            }
            open.forEach(Wire::close);
        }
    }

    @Test
    void behind_a_proxy_the_client_is_the_last_address_of_its_header() {
        try (var ingress = new Ingress(
                "in-flight-bytes-max: 8388608, body-bytes-max: 1048576, connections-per-client-max: 1,"
                        + " client-address-header: x-forwarded-for",
                TestAccount.main())) {
            var strangers = new ArrayList<Wire>();
            for (var i = 0; i < 30; i++) {
                strangers.add(ingress.open()
                        .send(Post.unsigned("x".repeat(200_000))
                                        .with("X-Forwarded-For: 203.0.113." + i + ", 198.51.100.1")
                                        .head()
                                + "x".repeat(199_999)));
            }
            Ingress.await("the stranger has its share", () -> ingress.requests("busy") > 0);
            assertThat(ingress.statusOf(Post.signed(BODY).with("X-Forwarded-For: 198.51.100.2")))
                    .isEqualTo(200);
            strangers.forEach(Wire::close);
        }
    }

    @Test
    void over_the_rate_of_an_account_it_is_429_and_forgers_do_not_count() {
        try (var ingress = new Ingress(
                "rate-limit: 5", TestAccount.main(), new TestAccount("other", "the-secret-of-the-other-one"))) {
            for (var i = 0; i < 50; i++) {
                assertThat(ingress.statusOf(Post.unsigned(BODY))).isEqualTo(401);
            }
            var statuses = Stream.generate(() -> ingress.statusOf(Post.signed(BODY)))
                    .limit(50)
                    .toList();
            assertThat(statuses.subList(0, 5)).containsOnly(200);
            assertThat(statuses).contains(429).containsOnly(200, 429);
            var other = Post.unsigned(BODY)
                    .with("Test-Signature: "
                            + TestAccount.signature("the-secret-of-the-other-one", Post.NOW, BODY.getBytes()))
                    .to("POST /ipn/test/other HTTP/1.1");
            assertThat(ingress.statusOf(other)).isEqualTo(200);
        }
    }

    @Test
    void further_connections_are_closed_and_room_is_made_by_those_that_leave() {
        try (var ingress = new Ingress("connections-max: 3", TestAccount.main())) {
            List<Wire> open = new ArrayList<>();
            for (var i = 0; i < 3; i++) {
                open.add(ingress.open());
                assertThat(open.get(i)
                                .send(Post.signed(BODY).bytes())
                                .mustAnswer()
                                .status())
                        .isEqualTo(200);
            }
            assertThat(ingress.send(Post.signed(BODY))).isEmpty();
            open.forEach(Wire::close);
            Ingress.await(
                    "a new one is served", () -> ingress.send(Post.signed(BODY)).isPresent());
        }
    }

    @Test
    void slow_signatures_leave_the_event_loops_free_and_too_many_are_503() {
        var gate = new CountDownLatch(1);
        var slow = new TestAccount("slow", TestAccount.SECRET).slowly().judging((account, delivery) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return CompletableFuture.completedFuture(new Verdict.Genuine("ed25519", "env:KEY"));
        });
        try (var ingress = new Ingress("verifiers: 1", TestAccount.main(), slow)) {
            List<Wire> waiting = new ArrayList<>();
            for (var i = 0; i < 70; i++) {
                waiting.add(ingress.open()
                        .send(Post.signed(BODY)
                                .to("POST /ipn/test/slow HTTP/1.1")
                                .bytes()));
            }
            Ingress.await("some are refused", () -> ingress.requests("busy") == 5);
            assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
            gate.countDown();
            assertThat(waiting.stream().map(wire -> wire.mustAnswer().status()).toList())
                    .containsOnly(200, 503)
                    .filteredOn(status -> status == 503)
                    .hasSize(5);
            waiting.forEach(Wire::close);
        }
    }

    @Test
    void rejected_attempts_are_noted_in_a_trickle_without_the_body() {
        try (var ingress = new Ingress("", TestAccount.main())) {
            for (var i = 0; i < 200; i++) {
                assertThat(ingress.statusOf(Post.unsigned(BODY).with("Cookie: private")))
                        .isEqualTo(401);
            }
            Ingress.await("they are noted", () -> !ingress.rejected.isEmpty());
            assertThat(ingress.rejected).hasSizeLessThan(60);
            var first = ingress.rejected.get(0);
            assertThat(first.getAccount()).isEqualTo("main");
            assertThat(first.getGateway()).isEqualTo("test");
            assertThat(first.getReason()).isEqualTo("SIGNATURE_MISSING");
            assertThat(first.getBodyBytes()).isEqualTo(11);
            assertThat(first.getBodySha256()).isEqualTo(TestAccount.bytes(BODY).sha256());
            assertThat(first.getHeaderNames()).containsExactly("content-length", "content-type", "cookie", "host");
            assertThat(first.getReceivedAt()).isEqualTo(Post.NOW);
            assertThat(first.toString()).doesNotContain("private").doesNotContain(BODY);
            Ingress.await("those left out are counted", () -> {
                ingress.statusOf(Post.unsigned(BODY));
                return ingress.rejected.stream().anyMatch(attempt -> attempt.getSuppressed() > 0);
            });
        }
    }
}
