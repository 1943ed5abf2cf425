package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
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
}
