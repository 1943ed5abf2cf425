package ipn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ipn.avro.EntitlementEventType;
import ipn.processor.Reverifier;
import ipn.projector.Safeguards;
import ipn.projector.access.FraudPolicy;
import ipn.projector.brake.BrakeSettings;
import ipn.projector.notification.NotificationPolicy;
import ipn.runtime.traces.TraceSettings;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.simulator.Senders;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IpnConfigTest {
    private static final Path EXAMPLE = Path.of("..", "ipn.example.yaml");
    private static final Path DATA = Path.of("somewhere");

    @Test
    void defaults() {
        var config = IpnConfig.from(Settings.parse("", Map.of(), Path.of("")), DATA);

        assertThat(config.accounts().byName()).isEmpty();
        assertThat(config.kafka().clients()).containsEntry("bootstrap.servers", "127.0.0.1:9092");
        assertThat(config.kafka().registry()).containsEntry("schema.registry.url", "http://127.0.0.1:8081");
        assertThat(config.ingress().config().listen().port()).isEqualTo(8080);
        assertThat(config.management().port()).isEqualTo(9464);
        assertThat(config.processor().configuration().applicationId()).isEqualTo("ipn-processor");
        assertThat(config.processor().handler().reverifier()).isEqualTo(new Reverifier(Reverifier.Mode.ALL, 10));
        assertThat(config.projector().configuration().applicationId()).isEqualTo("ipn-projector");
        assertThat(config.processor().configuration().stateDir()).isEqualTo(DATA.resolve("state"));
        assertThat(config.projector().configuration().stateDir()).isEqualTo(DATA.resolve("state"));
        assertThat(config.projector().products().byName()).isEmpty();
        assertThat(config.projector().safeguards()).isEqualTo(Safeguards.DEFAULTS);
        assertThat(config.access().listen().port()).isEqualTo(8086);
        assertThat(config.projector().notifications())
                .isEqualTo(new NotificationPolicy(Duration.ofDays(3), Duration.ofSeconds(5)));
        assertThat(config.query().listen().port()).isEqualTo(8085);
        assertThat(config.query().database().jdbcUrl()).isEmpty();
        assertThat(config.embedded()).isEqualTo(new EmbeddedConfig(9092, 0, 8081, 8099, 0));
        assertThat(config.reports().names("paypal")).containsExactly("activity", "settlement");
    }

    @Test
    void every_key() throws IOException {
        var config = IpnConfig.from(Settings.parse(yaml("every-key.yaml"), Map.of(), Path.of("")), DATA);

        assertThat(config.accounts().byName())
                .containsOnlyKeys("stripe/main", "standard-webhooks/games", "paypal-ipn/main");
        assertThat(config.kafka().clients())
                .containsEntry("bootstrap.servers", "127.0.0.1:1")
                .containsEntry("security.protocol", "SSL");
        assertThat(config.kafka().registry()).containsEntry("schema.registry.url", "http://127.0.0.1:2");
        assertThat(config.kafka().topics().prefix()).isEqualTo("pay.");
        assertThat(config.ingress().config().listen().port()).isEqualTo(8443);
        assertThat(config.management().port()).isEqualTo(9000);
        assertThat(config.processor().configuration().stateDir()).isEqualTo(Path.of("/var/lib/processor"));
        assertThat(config.processor().handler().reverifier()).isEqualTo(new Reverifier(Reverifier.Mode.SAMPLE, 25));
        assertThat(config.projector().configuration().threads()).isEqualTo(4);
        assertThat(config.projector().products().byName())
                .containsOnlyKeys("premium", "price_premium", "promoted-post");
        assertThat(config.projector().safeguards().fraud()).isEqualTo(FraudPolicy.BLOCK);
        assertThat(config.projector().safeguards().brake())
                .isEqualTo(new BrakeSettings(
                        640,
                        5_000,
                        64,
                        Duration.ofHours(1),
                        Set.of(
                                EntitlementEventType.REVOKED,
                                EntitlementEventType.SUSPENDED,
                                EntitlementEventType.EXPIRED)));
        assertThat(config.projector().notifications())
                .isEqualTo(new NotificationPolicy(Duration.ofDays(7), Duration.ofSeconds(30)));
        assertThat(config.query().listen().oidc().orElseThrow().rolesClaim()).isEqualTo("realm_access.roles");
        assertThat(config.query().database().connections()).isEqualTo(4);
        assertThat(config.embedded()).isEqualTo(new EmbeddedConfig(1, 5, 2, 3, 4));
        assertThat(config.ingress().traces())
                .isEqualTo(new TraceSettings(
                        Optional.of(URI.create("http://127.0.0.1:5/v1/traces")),
                        Map.of(),
                        5,
                        Duration.ofSeconds(2),
                        50))
                .isEqualTo(config.processor().traces())
                .isEqualTo(config.projector().traces());
        assertThat(config.reports().names("stripe")).containsExactly("activity", "own");
    }

    @Test
    void says_everything_that_is_wrong_at_once() throws IOException {
        var wrong = Settings.parse(yaml("all-wrong.yaml"), Map.of("IPN_INGRES_PORT", "1"), Path.of(""));

        var problems = catchThrowableOfType(SettingsException.class, () -> IpnConfig.from(wrong, DATA))
                .problems();

        assertThat(starts(problems))
                .contains(
                        "gateways.strype.main",
                        "gateways.stripe.main.secrets",
                        "gateways.stripe.other.mode",
                        "ingress.port",
                        "kafcka",
                        "policy.fraud",
                        "brake.share",
                        "products.premium.entitlement",
                        "notifications.ending-notice",
                        "notifications.settle",
                        "processor.threads",
                        "traces.endpoint",
                        "traces.percent",
                        "embedded.kafka-port",
                        "reconcile.stripe.activity.unit",
                        "IPN_INGRES_PORT");
    }

    @Test
    void the_built_in_settings_have_nothing_wrong_and_only_test_accounts() {
        var config = IpnConfig.from(SettingsSource.builtIn(Map.of()).read(), DATA);

        assertThat(config.accounts().byName().keySet())
                .containsAll(Senders.gateways().stream()
                        .map(gateway -> gateway + "/main")
                        .toList());
        assertThat(config.accounts().live()).isFalse();
        assertThat(config.projector().products().byName()).containsKeys("premium", "premium-plus", "promoted-post");
    }

    @Test
    void the_example_has_nothing_wrong() throws IOException {
        var settings = Settings.load(EXAMPLE, secretsOfTheExample());

        var config = IpnConfig.from(settings, DATA);

        assertThat(config.accounts().byName().keySet().stream().map(name -> name.replaceFirst("/.*", "")))
                .containsExactlyInAnyOrderElementsOf(settings.in("gateways").names());
        assertThat(config.accounts().live()).isTrue();
        assertThat(config.projector().safeguards()).isEqualTo(Safeguards.DEFAULTS);
    }

    /** Every variable it names, each in the form its gateway writes secrets in. */
    private static Map<String, String> secretsOfTheExample() throws IOException {
        var forms = Map.of(
                "PADDLE_SECRET",
                "pdl_ntfset_TEST_ONLY_0123456789",
                "MOLLIE_API_KEY",
                "live_TESTonly0123456789",
                "ADYEN_HMAC_KEY",
                "0123456789ABCDEF".repeat(4),
                "ADYEN_HMAC_KEY_OLD",
                "FEDCBA9876543210".repeat(4));
        return Pattern.compile("env:([A-Z_]{2,})")
                .matcher(Files.readString(EXAMPLE))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .collect(Collectors.toMap(name -> name, name -> forms.getOrDefault(name, webhookSecret(name))));
    }

    /** A different secret for each variable. */
    private static String webhookSecret(String variable) {
        var bytes = Arrays.copyOf(variable.getBytes(StandardCharsets.US_ASCII), 32);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    private static List<String> starts(List<String> problems) {
        return problems.stream()
                .map(problem -> problem.substring(0, problem.indexOf(':')))
                .toList();
    }

    private static String yaml(String name) throws IOException {
        try (var file = IpnConfigTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
