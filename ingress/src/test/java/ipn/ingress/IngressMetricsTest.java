package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import ipn.runtime.metrics.Metric;
import ipn.runtime.metrics.SeriesBounds;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IngressMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void metrics_name_accounts_and_outcomes_and_nothing_a_sender_chose() {
        var logs = new IngressServer.Logs("ipn.raw", new FakeRawLog(), Ingress.NOTHING_WAITS, attempt -> {});
        var accounts = TestAccount.accounts(TestAccount.main());
        var clock = Clock.fixed(Post.NOW, ZoneOffset.UTC);
        try (var ingress = new IngressServer(Ingress.config(""), accounts, logs, registry, clock)) {
            for (var line : List.of("POST /ipn/test/main HTTP/1.1", "POST /ipn/evil/name HTTP/1.1")) {
                try (var wire = new Wire(ingress.port())) {
                    wire.send(Post.signed("pay_1 evt_1").to(line).bytes()).mustAnswer();
                }
            }
            assertThat(registry.scrape())
                    .contains(
                            "ipn_ingress_requests_total{account=\"main\",gateway=\"test\",outcome=\"acknowledged\"} 1.0")
                    .contains(
                            "ipn_ingress_requests_total{account=\"unknown\",gateway=\"unknown\",outcome=\"not_found\"} 1.0")
                    .contains("ipn_ingress_request_duration_seconds_bucket{account=\"main\"")
                    .contains("ipn_ingress_publish_duration_seconds_count{account=\"main\",gateway=\"test\"} 1")
                    .contains("ipn_ingress_in_flight_bytes 0.0")
                    .contains("ipn_ingress_connections ")
                    .contains("ipn_ingress_ready 1.0")
                    .contains("ipn_ingress_event_loop_lag_seconds_max")
                    .doesNotContain("evil");
        }
    }

    /** More: {@code -Dstrange.requests=10000}. */
    @Test
    void what_strangers_send_adds_no_series_beyond_the_bound() {
        var strange = Integer.getInteger("strange.requests", 2_000);
        var logs = new IngressServer.Logs("ipn.raw", new FakeRawLog(), Ingress.NOTHING_WAITS, attempt -> {});
        var accounts = TestAccount.accounts(IntStream.range(0, 50)
                .mapToObj(account -> new TestAccount("a" + account, TestAccount.SECRET))
                .toArray(TestAccount[]::new));
        var clock = Clock.fixed(Post.NOW, ZoneOffset.UTC);
        try (var ingress = new IngressServer(Ingress.config(""), accounts, logs, registry, clock)) {
            for (var account = 0; account < 50; account++) {
                for (var post : List.of(
                        Post.signed("pay_1 evt_1"), Post.unsigned("pay_1 evt_1").with("Test-Signature: t=1,v1=0"))) {
                    send(ingress.port(), post.to("POST /ipn/test/a%d HTTP/1.1".formatted(account)));
                }
            }
            for (var i = 0; i < strange; i++) {
                send(ingress.port(), Post.signed("pay_1 evt_1").to("POST /ipn/stranger/a%d HTTP/1.1".formatted(i)));
            }
            var text = registry.scrape();
            assertThat(text)
                    .contains("outcome=\"not_found\"} " + (double) strange)
                    .doesNotContain("stranger");
            for (var metric : Metric.values()) {
                if (metric.series().startsWith("ipn_ingress_")) {
                    assertThat(text.lines().filter(line -> isOf(metric, line)).count())
                            .as(metric.series())
                            .isLessThanOrEqualTo(SeriesBounds.lines(metric, 1, 50));
                }
            }
        }
    }

    private static boolean isOf(Metric metric, String line) {
        return line.matches(metric.series() + "(_bucket|_count|_sum|_max)?[{ ].*");
    }

    private static void send(int port, Post post) {
        try (var wire = new Wire(port)) {
            wire.send(post.bytes()).mustAnswer();
        }
    }
}
