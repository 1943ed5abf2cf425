package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.ingress.IngressConfig.Limits;
import ipn.ingress.IngressConfig.Listen;
import ipn.ingress.IngressConfig.Times;
import ipn.ingress.IngressConfig.Tls;
import ipn.runtime.management.ManagementConfig;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngressConfigTest {
    private static final int MIB = 1024 * 1024;

    @Test
    void defaults() {
        var loops = Math.min(16, Runtime.getRuntime().availableProcessors());
        assertThat(IngressConfig.from(Settings.empty()))
                .isEqualTo(new IngressConfig(
                        new Listen("127.0.0.1", 8080, loops, Optional.empty()),
                        new Limits(MIB, 64 * MIB, 10_000, 256, 0, 100, 4),
                        new Times(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(10),
                                Duration.ofMillis(4_500),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5)),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(ManagementConfig.from(Settings.empty())).isEqualTo(new ManagementConfig("127.0.0.1", 9464));
    }

    @Test
    void every_key() {
        var settings = Settings.parse("""
                ingress:
                  host: 0.0.0.0
                  port: 0
                  event-loops: 3
                  tls: {certificate: cert.pem, key: key.pem}
                  body-bytes-max: 4194304
                  in-flight-bytes-max: 8388608
                  connections-max: 7
                  connections-per-client-max: 3
                  client-address-header: X-Forwarded-For
                  first-success-timeout: PT7S
                  rate-limit: 1000
                  refunds-per-second: 80
                  verifiers: 2
                  header-deadline: PT1S
                  idle-timeout: PT20S
                  request-deadline: PT3S
                  publish-timeout: PT2S
                  drain-timeout: PT4S
                  retry-after: PT30S
                management: {host: 0.0.0.0, port: 0}
                """, Map.of("IPN_INGRESS_VERIFIERS", "5"), Path.of(""));
        assertThat(IngressConfig.from(settings))
                .isEqualTo(new IngressConfig(
                        new Listen("0.0.0.0", 0, 3, Optional.of(new Tls("cert.pem", "key.pem"))),
                        new Limits(4 * MIB, 8 * MIB, 7, 3, 1000, 80, 5),
                        new Times(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(30)),
                        Optional.of("X-Forwarded-For"),
                        Optional.empty()));
        assertThat(ManagementConfig.from(settings)).isEqualTo(new ManagementConfig("0.0.0.0", 0));
        settings.verify();
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        var settings = Settings.parse("""
                ingress:
                  port: 99999
                  tls: {key: key.pem}
                  body-bytes-max: 4194304
                  in-flight-bytes-max: 1048576
                  request-deadline: PT3S
                  publish-timeout: PT3S
                  idle-timeout: PT2S
                  header-deadline: soon
                  prot: 80
                management: {port: -1}
                """, Map.of(), Path.of(""));
        IngressConfig.from(settings);
        ManagementConfig.from(settings);
        assertThatThrownBy(settings::verify)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                                .containsExactly(
                                        "ingress.header-deadline",
                                        "ingress.idle-timeout",
                                        "ingress.in-flight-bytes-max",
                                        "ingress.port",
                                        "ingress.prot",
                                        "ingress.publish-timeout",
                                        "ingress.tls.certificate",
                                        "management.port"));
    }

    @Test
    void what_strangers_can_fill_is_smaller_than_the_heap() {
        var connections = Runtime.getRuntime().maxMemory() / (20 * 1024);
        var settings = Settings.parse("ingress: {connections-max: " + connections + "}", Map.of(), Path.of(""));
        IngressConfig.from(settings);
        assertThatThrownBy(settings::verify)
                .hasMessageContaining("ingress.connections-max, ingress.in-flight-bytes-max")
                .hasMessageContaining("nine tenths of the heap");
    }
}
