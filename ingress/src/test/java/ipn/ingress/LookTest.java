package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Gateways whose notifications only say "look", and gateways that look at us first. */
class LookTest {
    private static final String URL = "https://api.example.com/v2/payments/pay_1";

    private static TestAccount looking() {
        return TestAccount.main().judging((account, delivery) -> {
            var found = Delivery.fetched(
                    URL, "application/json", Bytes.utf8("pay_1 evt_found paid"), delivery.receivedAt());
            return CompletableFuture.completedFuture(new Genuine("fetched", "api.example.com", List.of(found)));
        });
    }

    @Test
    void what_was_fetched_is_stored_beside_the_notification_under_the_same_payment_key() {
        try (var ingress = new Ingress("", looking())) {
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_look"))).isEqualTo(200);
            assertThat(ingress.raw.records).hasSize(2);
            var sent = ingress.raw.records.get(0);
            var found = ingress.raw.records.get(1);
            assertThat(header(sent, Headers.FETCHED_FROM)).isEmpty();
            assertThat(header(found, Headers.FETCHED_FROM)).contains(URL);
            assertThat(found.value()).asString().isEqualTo("pay_1 evt_found paid");
            assertThat(found.key()).isEqualTo(sent.key());
            assertThat(header(found, Headers.CE_ID)).contains("test/main/evt_found");
            assertThat(header(found, Headers.CE_SOURCE)).contains("/ipn/test/main");
            assertThat(header(found, Headers.VERIFIED_BY)).contains("fetched api.example.com");
            assertThat(header(found, Headers.HTTP_PREFIX + "test-signature")).isEmpty();
        }
    }

    @Test
    void neither_is_acknowledged_unless_both_are_stored() {
        try (var ingress = new Ingress("", looking())) {
            ingress.raw.storing = some -> CompletableFuture.failedFuture(new IllegalStateException("one of two"));
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_look"))).isEqualTo(503);
            assertThat(ingress.bytesInFlight()).isZero();
        }
    }

    @Test
    void what_is_found_after_the_answer_and_cannot_be_stored_holds_no_bytes() {
        var look = new CompletableFuture<Verdict>();
        var identified = new AtomicInteger();
        var account = TestAccount.main()
                .waiting(Duration.ofMillis(300))
                .judging((self, delivery) -> look)
                .identifying((self, delivery) -> {
                    identified.incrementAndGet();
                    return List.of(Item.unidentified(self.id(), delivery.body()));
                });
        try (var ingress = new Ingress("body-bytes-max: 1024, in-flight-bytes-max: 1048576", account)) {
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_look"))).isEqualTo(503);
            look.complete(new Genuine("fetched", "api.example.com", List.of(found(100), found(600_000))));
            Ingress.await("looked at all of it", () -> identified.get() == 3);
            Ingress.await("no bytes in flight", () -> ingress.bytesInFlight() == 0);
            assertThat(ingress.raw.records).isEmpty();
        }
    }

    private static Delivery found(int bytes) {
        return Delivery.fetched(URL, "application/json", Bytes.utf8("x".repeat(bytes)), Post.NOW);
    }

    @Test
    void what_the_gateway_does_not_know_is_told_the_same_and_kept_nowhere() {
        var account = looking();
        var dismissing = TestAccount.main()
                .judging(
                        (self, delivery) -> CompletableFuture.completedFuture(new Dismissed(Reason.DENIED_BY_GATEWAY)));
        try (var known = new Ingress("", account);
                var unknown = new Ingress("", dismissing)) {
            var yes = known.answerTo(Post.signed("pay_1 evt_look"));
            var no = unknown.answerTo(Post.signed("pay_1 evt_look"));
            assertThat(no.status()).isEqualTo(yes.status());
            assertThat(no.body()).isEqualTo(yes.body());
            assertThat(no.headers().keySet()).isEqualTo(yes.headers().keySet());
            assertThat(unknown.raw.records).isEmpty();
            Ingress.await("noted as rejected", () -> !unknown.rejected.isEmpty());
            assertThat(unknown.rejected.get(0).getReason()).isEqualTo("DENIED_BY_GATEWAY");
        }
    }

    @Test
    void a_visit_is_answered_where_the_gateway_makes_one_and_405_elsewhere() {
        var account = TestAccount.main()
                .answering(query -> Optional.of(query)
                        .filter(text -> text.equals("challenge=20f9"))
                        .map(text -> new Acknowledgement(200, "text/plain", "me|20f9")));
        try (var ingress = new Ingress("", account)) {
            var answered = ingress.answerTo(visit("/ipn/test/main?challenge=20f9"));
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.body()).isEqualTo("me|20f9");
            assertThat(ingress.statusOf(visit("/ipn/test/main"))).isEqualTo(405);
            assertThat(ingress.statusOf(visit("/ipn/test/main?challenge=other")))
                    .isEqualTo(405);
            assertThat(ingress.raw.records).isEmpty();
        }
    }

    private static Post visit(String target) {
        return new Post("GET " + target + " HTTP/1.1", List.of("Host: localhost"), new byte[0]);
    }

    private static Optional<String> header(ProducerRecord<byte[], byte[]> record, String name) {
        return Arrays.stream(record.headers().toArray())
                .filter(header -> header.key().equals(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst();
    }
}
