package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import ipn.gateway.Accounts;
import ipn.processor.PaymentTopology;
import ipn.processor.RawRecordHandler;
import ipn.projector.EntitlementTopology;
import ipn.projector.Safeguards;
import ipn.projector.SettingsMeter;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.notification.NotificationPolicy;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern METRIC = Pattern.compile("ipn_[a-z_]+");

    @Test
    void every_alert_watches_metrics_that_there_are() throws IOException {
        var shown = shown();
        for (var rule : rules()) {
            var watched = METRIC.matcher(rule.path("expr").asText()).results().toList();
            assertThat(watched).as(rule.path("alert").asText()).isNotEmpty();
            watched.forEach(metric -> assertThat(shown).contains("\n" + metric.group() + " "));
        }
    }

    @Test
    void every_alert_names_a_runbook_that_is_there() throws IOException {
        for (var rule : rules()) {
            assertThat(ROOT.resolve(rule.path("annotations").path("runbook").asText("nowhere")))
                    .isRegularFile();
        }
    }

    private static JsonNode rules() throws IOException {
        var rules = new YAMLMapper()
                .readTree(Files.readString(ROOT.resolve("deploy/alerts.yaml")))
                .at("/groups/0/rules");
        assertThat(rules).isNotEmpty();
        return rules;
    }

    /** As Prometheus reads it. */
    private static String shown() {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var kafka =
                new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://alerts"), TopicCatalogue.defaults());
        var topology = EntitlementTopology.build(
                kafka,
                CatalogueHistory.always(new ProductCatalogue(Map.of(), true, "v1")),
                Safeguards.DEFAULTS,
                NotificationPolicy.DEFAULTS,
                meters,
                Clock.systemUTC(),
                Stores::inMemoryKeyValueStore);
        var processor = PaymentTopology.build(
                kafka,
                new RawRecordHandler(Accounts.from(Settings.parse("", Map.of(), Path.of("")))),
                meters,
                Stores::inMemoryKeyValueStore);
        assertThat(topology).isNotNull();
        assertThat(processor).isNotNull();
        SettingsMeter.register(meters, false);
        return meters.scrape();
    }
}
