package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import ipn.gateway.Verdict;
import ipn.gateway.content.Bytes;
import ipn.http.BoundedHttp;
import ipn.http.HttpAccess;
import ipn.http.Route;
import ipn.ingress.http.ErrorResponse;
import ipn.runtime.traces.FinishedSpan;
import ipn.runtime.traces.SpanAttributes;
import ipn.runtime.traces.Traces;
import ipn.topics.Headers;
import ipn.topics.TraceParent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestTraceTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final TraceParent CALLER =
            new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    private final List<FinishedSpan> spans = new CopyOnWriteArrayList<>();
    private Ingress ingress;

    private void start(int percent, Duration slowAfter, TestAccount account) {
        ingress = new Ingress(Traces.to(spans::add, percent, slowAfter), account);
    }

    @AfterEach
    void stop() {
        ingress.close();
    }

    private FinishedSpan span(SpanKind kind) {
        Ingress.await("a span of kind " + kind, () -> spans.stream().anyMatch(span -> span.kind() == kind));
        return spans.stream().filter(span -> span.kind() == kind).findFirst().orElseThrow();
    }

    private TraceParent carried(int record) {
        ProducerRecord<byte[], byte[]> stored = ingress.raw.records.get(record);
        return TraceParent.parse(
                        stored.headers().lastHeader(Headers.TRACEPARENT).value())
                .orElseThrow();
    }

    @Test
    void a_sampled_delivery_has_a_span_for_its_request_and_one_for_its_records() {
        start(100, NEVER, TestAccount.main());
        assertThat(ingress.statusOf(Post.signed("pay_1 evt_1\npay_2 evt_2").with("traceparent: " + CALLER.text())))
                .isEqualTo(200);

        var server = span(SpanKind.SERVER);
        assertThat(server.name()).isEqualTo("POST /ipn/{gateway}/{account}");
        assertThat(server.parent()).isEmpty();
        assertThat(server.link()).contains(CALLER);
        assertThat(server.context().traceId()).isNotEqualTo(CALLER.traceId());
        assertThat(server.error()).isEmpty();
        assertThat(server.attributes().asMap())
                .containsEntry(SpanAttributes.METHOD, "POST")
                .containsEntry(SpanAttributes.STATUS, 200L)
                .containsEntry(SpanAttributes.GATEWAY, "test")
                .containsEntry(SpanAttributes.ACCOUNT, "main")
                .containsEntry(SpanAttributes.OUTCOME, "acknowledged");

        var producer = span(SpanKind.PRODUCER);
        assertThat(producer.name()).isEqualTo("send ipn.raw");
        assertThat(producer.parent()).contains(server.context());
        assertThat(producer.began()).isGreaterThanOrEqualTo(server.began());
        assertThat(producer.ended()).isBetween(producer.began(), server.ended());
        assertThat(producer.attributes().asMap())
                .containsEntry(SpanAttributes.SYSTEM, "kafka")
                .containsEntry(SpanAttributes.OPERATION_TYPE, "send")
                .containsEntry(SpanAttributes.DESTINATION, "ipn.raw")
                .containsEntry(SpanAttributes.BATCH, 2L);
        assertThat(carried(0)).isEqualTo(producer.context()).isEqualTo(carried(1));
        assertThat(carried(0).sampled()).isTrue();
    }

    @Test
    void an_ordinary_delivery_that_is_not_sampled_has_a_trace_and_no_span() {
        start(0, NEVER, TestAccount.main());
        assertThat(ingress.statusOf(Post.signed("pay_1 evt_1").with("traceparent: " + CALLER.text())))
                .isEqualTo(200);
        assertThat(carried(0).sampled()).isFalse();
        assertThat(spans).isEmpty();
    }

    @Test
    void a_slow_delivery_is_kept() {
        start(0, Duration.ofNanos(1), TestAccount.main());
        assertThat(ingress.statusOf(Post.signed("pay_1 evt_1"))).isEqualTo(200);
        assertThat(span(SpanKind.PRODUCER).parent())
                .contains(span(SpanKind.SERVER).context());
    }

    @Test
    void a_delivery_that_is_not_stored_is_kept_as_an_error_of_ours() {
        start(0, NEVER, TestAccount.main());
        ingress.raw.storing = records -> CompletableFuture.failedFuture(new IllegalStateException());
        assertThat(ingress.statusOf(Post.signed("pay_1 evt_1"))).isEqualTo(503);
        assertThat(span(SpanKind.SERVER).error()).contains(ErrorResponse.UNPUBLISHED.outcome());
        assertThat(span(SpanKind.PRODUCER).error()).isPresent();
    }

    @Test
    void a_forgery_is_kept_with_its_reason_and_other_errors_of_senders_are_not() {
        start(0, NEVER, TestAccount.main());
        assertThat(ingress.statusOf(Post.unsigned("pay_1 evt_1"))).isEqualTo(401);
        assertThat(span(SpanKind.SERVER).attributes().get(SpanAttributes.REASON))
                .isEqualTo(Verdict.Reason.SIGNATURE_MISSING.name());
        assertThat(span(SpanKind.SERVER).error()).isEmpty();
        assertThat(ingress.statusOf(Post.signed("pay_1 evt_1").to("POST /ipn/test/other?card=4111 HTTP/1.1")))
                .isEqualTo(404);
        assertThat(spans).hasSize(1);
    }

    @Test
    void a_question_to_the_gateway_is_a_client_span_without_path_and_query() throws Exception {
        var gateway =
                com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        gateway.start();
        try {
            start(
                    100,
                    NEVER,
                    TestAccount.main()
                            .judging((account, delivery) ->
                                    asked(gateway.getAddress()).thenCompose(reply -> account.bySignature(delivery))));
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_1"))).isEqualTo(200);
            var client = span(SpanKind.CLIENT);
            assertThat(client.name()).isEqualTo("POST");
            assertThat(client.parent()).contains(span(SpanKind.SERVER).context());
            assertThat(client.attributes().asMap())
                    .containsEntry(SpanAttributes.SERVER, "127.0.0.1")
                    .containsEntry(SpanAttributes.SERVER_PORT, (long)
                            gateway.getAddress().getPort())
                    .containsEntry(SpanAttributes.STATUS, 200L);
            assertThat(client.attributes().toString()).doesNotContain("verify", "secret");
        } finally {
            gateway.stop(0);
        }
    }

    private static java.util.concurrent.CompletionStage<ipn.http.HttpReply> asked(InetSocketAddress gateway) {
        var base = URI.create("http://127.0.0.1:" + gateway.getPort());
        var access = new HttpAccess(
                new Route.ToHosts(Set.of("api.example.com"), Optional.of(base)),
                Optional.empty(),
                Duration.ofSeconds(10),
                4);
        return new BoundedHttp(access)
                .post(
                        URI.create("https://api.example.com/verify?id=secret"),
                        Map.of(),
                        Bytes.wrap("body".getBytes(StandardCharsets.UTF_8)),
                        100);
    }
}
