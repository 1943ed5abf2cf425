package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.app.SettingsSource;
import ipn.embedded.BrokerSettings;
import ipn.gateway.Accounts;
import ipn.settings.SettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {
    private static final Set<String> STAGES = Set.of("ingress", "processor", "projector", "access", "query");
    private static final List<String> STREAMS = List.of("processor", "projector");
    /** Variables of Kafka's image that are no setting of the broker. */
    private static final Set<String> OF_THE_IMAGE =
            Set.of("KAFKA_HEAP_OPTS", "KAFKA_OPTS", "KAFKA_LOG4J_ROOT_LOGLEVEL");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void what_runs_are_the_stages_and_what_creates_their_topics_and_schemas() {
        var all = new TreeSet<>(STAGES);
        all.addAll(List.of("topics", "schemas"));
        assertThat(compose.ours()).containsExactlyInAnyOrderElementsOf(all);
        for (var service : compose.ours()) {
            var words =
                    ComposeFile.texts(compose.service(service).path("command")).toList();
            assertThat(words)
                    .isEqualTo(
                            Set.of("topics", "schemas").contains(service)
                                    ? List.of(service, "apply")
                                    : List.of(service));
        }
    }

    @Nested
    class Settings {
        @ParameterizedTest
        @ValueSource(strings = {"topics", "schemas", "ingress", "processor", "projector", "access", "query"})
        void are_complete_and_every_variable_is_one_they_know(String service) {
            var config = compose.config(service);

            assertThat(config.accounts().byName()).isNotEmpty();
            assertThat(config.management().port()).isEqualTo(9464);
        }

        @ParameterizedTest
        @ValueSource(strings = {"IPN_INGRES_HOST", "IPN_TOPICS_PREFX", "IPN_HOME"})
        void refuse_a_variable_they_do_not_know(String unknown) {
            var environment = new TreeMap<>(compose.environment("ingress"));
            environment.put(unknown, "x");

            assertThatThrownBy(() -> compose.config("ingress", environment))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(unknown);
        }

        @Test
        void pass_nothing_to_kafka_clients_that_no_client_knows() {
            var known = new TreeSet<>(ProducerConfig.configNames());
            known.addAll(ConsumerConfig.configNames());
            known.addAll(AdminClientConfig.configNames());
            for (var service : compose.ours()) {
                assertThat(known)
                        .containsAll(compose.config(service).kafka().clients().keySet());
            }
        }

        @Test
        void name_the_same_topics_everywhere_and_one_broker_can_hold_them() {
            var topics = compose.config("topics").kafka().topics();

            assertThat(compose.ours())
                    .allSatisfy(service ->
                            assertThat(compose.config(service).kafka().topics()).isEqualTo(topics));
            assertThat(topics.replication()).isEqualTo((short) 1);
        }

        @Test
        void have_test_accounts_only_with_the_test_secrets_of_the_command_line() {
            var builtIn = Accounts.from(SettingsSource.builtIn(Map.of()).read());
            var accounts = compose.config("ingress").accounts();

            assertThat(accounts.live()).isFalse();
            assertThat(accounts.byName()).containsOnlyKeys(builtIn.byName().keySet());
            for (var secret : List.of("stripe-main", "standard-webhooks-main")) {
                var file =
                        compose.tree().path("secrets").path(secret).path("file").asText();
                assertThat(file).endsWith(secret + ".test-only");
                assertThat(builtInYaml()).contains("test:" + compose.text(file).strip());
            }
        }

        /** Those who are asked are asked for real, so what leads to a stand-in, or comes from it, is not here. */
        @Test
        void are_otherwise_those_of_the_command_line() {
            var here = gateways("deploy/ipn.yaml");
            var there = gateways("simulator/src/main/resources/ipn/simulator/test-accounts.yaml");
            for (var gateway : ComposeFile.names(there)) {
                var account = (ObjectNode) there.path(gateway).path("main");
                account.remove(List.of("fetch-via", "verify-url", "api-key", "api-credentials"));
                if (gateway.equals("paypal")) {
                    account.remove("roots");
                }
                if (Set.of("stripe", "standard-webhooks").contains(gateway)) {
                    account.putArray("secrets").add("file:/run/secrets/" + gateway + "-main");
                }
            }
            assertThat(here).isEqualTo(there);
        }

        private JsonNode gateways(String file) {
            return ComposeFile.yaml(compose.text(file)).path("gateways");
        }

        private String builtInYaml() {
            return compose.text("simulator/src/main/resources/ipn/simulator/test-accounts.yaml");
        }
    }

    @Nested
    class Addresses {
        @ParameterizedTest
        @ValueSource(strings = {"topics", "schemas", "ingress", "processor", "projector", "access", "query"})
        void lead_to_the_services_of_this_file(String service) {
            var kafka = compose.config(service).kafka();

            assertThat(kafka.clients()).containsEntry("bootstrap.servers", withinContainers());
            assertThat(kafka.registry()).containsEntry("schema.registry.url", registry());
        }

        @Test
        void of_the_registry_s_own_store_lead_to_the_broker() {
            assertThat(compose.environment("schema-registry"))
                    .containsEntry("SCHEMA_REGISTRY_HOST_NAME", "schema-registry")
                    .containsEntry("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://" + withinContainers());
        }

        @Test
        void on_this_machine_are_those_that_the_command_line_takes_without_settings() {
            assertThat(advertised("HOST")).isEqualTo("127.0.0.1:9092");
            assertThat(compose.ports("kafka")).containsExactly(ComposeFile.Port.of("127.0.0.1:9092:9092"));
            assertThat(compose.ports("schema-registry")).containsExactly(ComposeFile.Port.of("127.0.0.1:8081:8081"));
            assertThat(compose.ports("ingress")).contains(ComposeFile.Port.of("8080:8080"));
        }

        @Test
        void beyond_this_machine_are_only_the_ingress_and_nothing_but_its_port() {
            var port = compose.config("ingress").ingress().config().listen().port();
            for (var service : compose.services()) {
                var open = compose.ports(service).stream()
                        .filter(each -> !each.onlyHere())
                        .toList();
                if (service.equals("ingress")) {
                    assertThat(open).extracting(ComposeFile.Port::container).containsExactly(port);
                } else {
                    assertThat(open).as(service).isEmpty();
                }
                assertThat(compose.service(service).has("network_mode"))
                        .as(service)
                        .isFalse();
            }
        }

        @Test
        void published_are_listened_on_within() {
            for (var stage : STAGES) {
                var config = compose.config(stage);
                assertThat(config.management().host()).isEqualTo("0.0.0.0");
                assertThat(compose.ports(stage))
                        .extracting(ComposeFile.Port::container)
                        .contains(config.management().port());
            }
            assertThat(compose.config("ingress").ingress().config().listen().host())
                    .isEqualTo("0.0.0.0");
            var access = compose.config("access").access().listen();
            var query = compose.config("query").query().listen();
            assertThat(List.of(access.host(), query.host())).containsOnly("0.0.0.0");
            assertThat(compose.ports("access"))
                    .contains(new ComposeFile.Port("127.0.0.1", access.port(), access.port()));
            assertThat(compose.ports("query")).contains(new ComposeFile.Port("127.0.0.1", query.port(), query.port()));
        }

        private String withinContainers() {
            return advertised("INTERNAL");
        }

        private String advertised(String listener) {
            var listeners = compose.environment("kafka")
                    .get("KAFKA_ADVERTISED_LISTENERS")
                    .split(",");
            return Arrays.stream(listeners)
                    .filter(each -> each.startsWith(listener + "://"))
                    .map(each -> each.substring(listener.length() + 3))
                    .findFirst()
                    .orElseThrow();
        }

        private String registry() {
            var port = URI.create(compose.environment("schema-registry").get("SCHEMA_REGISTRY_LISTENERS"))
                    .getPort();
            return "http://schema-registry:" + port;
        }
    }

    @Nested
    class Every_stage {
        @Test
        void says_how_it_is_waits_for_what_it_needs_and_comes_back() {
            for (var stage : STAGES) {
                var service = compose.service(stage);
                assertThat(ComposeFile.texts(service.path("healthcheck").path("test")))
                        .containsExactly("CMD", "healthy");
                assertThat(condition(service, "kafka")).isEqualTo("service_healthy");
                assertThat(condition(service, "schema-registry")).isEqualTo("service_healthy");
                assertThat(condition(service, "topics")).isEqualTo("service_completed_successfully");
                assertThat(condition(service, "schemas")).isEqualTo("service_completed_successfully");
                assertThat(service.path("restart").asText()).isEqualTo("unless-stopped");
            }
        }

        @Test
        void has_its_settings_mounted_read_only_and_its_secrets_as_files() {
            for (var service : compose.ours()) {
                assertThat(ComposeFile.texts(compose.service(service).path("volumes")))
                        .contains("./deploy/ipn.yaml:/etc/ipn/ipn.yaml:ro");
                assertThat(compose.environment(service).values()).noneMatch(value -> value.contains("whsec_"));
            }
            assertThat(compose.service("ingress").path("secrets")).isNotEmpty();
            assertThat(compose.service("processor").path("secrets")).isNotEmpty();
            assertThat(compose.service("projector").path("secrets")).isEmpty();
            assertThat(ComposeFile.texts(compose.service("access").path("secrets")))
                    .containsExactly("access-token");
            assertThat(ComposeFile.texts(compose.service("query").path("secrets")))
                    .containsExactly("query-token", "postgres");
        }

        @Test
        void may_do_no_more_than_it_must() {
            for (var service : compose.ours()) {
                var granted = compose.service(service);
                assertThat(ComposeFile.texts(granted.path("cap_drop"))).containsExactly("ALL");
                assertThat(granted.path("read_only").asBoolean()).isTrue();
                assertThat(granted.path("mem_limit").asText()).isNotBlank();
                assertThat(granted.path("privileged").asBoolean()).isFalse();
            }
        }

        @Test
        void that_remembers_has_a_named_volume_of_its_own_where_it_keeps_its_state() {
            for (var stage : STREAMS) {
                var config = compose.config(stage);
                var state = stage.equals("processor")
                        ? config.processor().configuration()
                        : config.projector().configuration();
                var volume = stage + "-state";
                var mounted = compose.mounts(stage).entrySet().stream()
                        .filter(mount -> state.stateDir().startsWith(Path.of(mount.getKey())))
                        .map(Map.Entry::getValue);
                assertThat(mounted).containsExactly(volume);
                assertThat(ComposeFile.names(compose.tree().path("volumes"))).contains(volume);
            }
        }

        @Test
        void is_given_longer_to_stop_than_it_takes_at_most() {
            var drain = compose.config("ingress").ingress().config().times().drain();
            for (var stage : STAGES) {
                var grace = compose.service(stage).path("stop_grace_period").asText();
                assertThat(Integer.parseInt(grace.replace("s", ""))).isGreaterThan(20 + (int) drain.toSeconds());
            }
        }

        private static String condition(JsonNode service, String needed) {
            return service.path("depends_on").path(needed).path("condition").asText();
        }
    }

    @Nested
    class The_database {
        @Test
        void is_the_one_that_query_asks_and_has_the_release_that_is_tested() {
            var database = compose.environment("postgres");
            var asked = compose.config("query").query().database();
            assertThat(asked.jdbcUrl()).contains("jdbc:postgresql://postgres:5432/" + database.get("POSTGRES_DB"));
            assertThat(asked.user()).isEqualTo(database.get("POSTGRES_USER"));
            assertThat(database.get("POSTGRES_PASSWORD_FILE")).isEqualTo("/run/secrets/postgres");
            assertThat(compose.service("query")
                            .at("/depends_on/postgres/condition")
                            .asText())
                    .isEqualTo("service_healthy");
            var release = compose.text("pom.xml").split("</?postgres-binaries.version>")[1];
            assertThat(release)
                    .startsWith(
                            compose.service("postgres").path("image").asText().replace("postgres:", ""));
        }
    }

    @Nested
    class The_broker {
        private final Map<String, String> settings = settings();

        @Test
        void knows_every_setting() {
            assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(settings.keySet());
        }

        @Test
        void starts_with_them() {
            var properties = new Properties();
            properties.putAll(settings);
            var config = new KafkaConfig(properties, false);
            assertThat(config.autoCreateTopicsEnable()).isFalse();
            assertThat(config.logDirs())
                    .allSatisfy(folder -> assertThat(compose.mounts("kafka")).containsEntry(folder, "kafka-data"));
        }

        @Test
        void has_what_the_pipeline_needs_as_the_embedded_one_has() {
            assertThat(settings).containsAllEntriesOf(BrokerSettings.REQUIRED);
        }

        @Test
        void is_of_the_release_of_our_clients_and_the_registry_of_that_of_our_serializer() {
            assertThat(compose.service("kafka").path("image").asText())
                    .matches(Pattern.quote("apache/kafka:" + AppInfoParser.getVersion()) + "@sha256:[0-9a-f]{64}");
            var release = compose.text("pom.xml").split("</?confluent.version>")[1];
            assertThat(compose.service("schema-registry").path("image").asText())
                    .isEqualTo("confluentinc/cp-schema-registry:" + release);
        }

        /** As the image makes settings of variables. */
        private Map<String, String> settings() {
            var all = new TreeMap<String, String>();
            compose.environment("kafka").forEach((name, value) -> {
                if (name.startsWith("KAFKA_") && !OF_THE_IMAGE.contains(name)) {
                    var words = name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT);
                    all.put(words.replace('_', '.'), value);
                }
            });
            return all;
        }
    }
}
