package ipn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaAddressesTest {
    private static final RunningStack STACK = new RunningStack(
            "127.0.0.1:9193",
            "http://127.0.0.1:8181",
            Optional.of(URI.create("http://127.0.0.1:8088")),
            Optional.of(URI.create("http://127.0.0.1:9465")),
            Optional.of(URI.create("http://127.0.0.1:8086")),
            Optional.of(new RunningStack.Postgres("jdbc:postgresql://127.0.0.1:1/ipn", "ipn", Path.of("password"))));

    @TempDir
    private Path data;

    private static Settings settings(String yaml) {
        return Settings.parse(yaml, Map.of(), Path.of(""));
    }

    private List<String> addresses(String yaml) {
        var kafka = IpnConfig.from(settings(yaml), data).kafka();
        return List.of(
                kafka.clients().get("bootstrap.servers"), kafka.registry().get("schema.registry.url"));
    }

    private static List<String> problems(Runnable reading) {
        return catchThrowableOfType(SettingsException.class, reading::run).problems();
    }

    @Test
    void without_a_stack_the_ports_of_section_embedded_count() {
        assertThat(addresses("")).containsExactly("127.0.0.1:9092", "http://127.0.0.1:8081");
        assertThat(addresses("embedded: {kafka-port: 9193, registry-port: 8181}"))
                .containsExactly("127.0.0.1:9193", "http://127.0.0.1:8181");
    }

    @Test
    void a_command_finds_the_stack_that_runs_on_its_data_folder_on_whatever_ports() throws Exception {
        try (var published = STACK.publish(data)) {
            assertThat(published).isNotNull();
            assertThat(RunningStack.find(data)).contains(STACK);
            assertThat(addresses("")).containsExactly("127.0.0.1:9193", "http://127.0.0.1:8181");
            assertThat(addresses("embedded: {kafka-port: 0, registry-port: 0}"))
                    .containsExactly("127.0.0.1:9193", "http://127.0.0.1:8181");
        }
        assertThat(RunningStack.find(data)).isEmpty();
        assertThat(addresses("")).containsExactly("127.0.0.1:9092", "http://127.0.0.1:8081");
    }

    @Test
    void addresses_in_the_settings_come_before_a_running_stack() throws Exception {
        try (var published = STACK.publish(data)) {
            assertThat(published).isNotNull();
            assertThat(addresses(
                            "{kafka: {bootstrap.servers: 'broker:9092'}, schema-registry: {url: 'https://registry'}}"))
                    .containsExactly("broker:9092", "https://registry");
        }
    }

    @Test
    void a_stack_that_was_killed_is_not_running() throws Exception {
        var killed = new ProcessBuilder("sleep", "60").start();
        STACK.publish(data);
        var file = data.resolve("stack.properties");
        var ours = Long.toString(ProcessHandle.current().pid());
        Files.writeString(file, Files.readString(file).replace("process=" + ours, "process=" + killed.pid()));
        assertThat(RunningStack.find(data)).as("the id of another process").isEmpty();
        killed.destroyForcibly().waitFor();
        assertThat(RunningStack.find(data)).as("the id of no process").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker:9092", "127.0.0.1:9092", "127.0.0.1:9193,broker:9193", "[::1]:x", "localhost"})
    void an_address_and_a_port_that_contradict_each_other_are_a_problem_of_the_settings(String servers) {
        var yaml = "{kafka: {bootstrap.servers: '%s'}, embedded: {kafka-port: 9193}}".formatted(servers);
        var expected =
                "kafka.bootstrap.servers: %s (expected: 127.0.0.1:9193, the value of embedded.kafka-port; remove one of the two)"
                        .formatted(servers);
        assertThat(problems(() -> IpnConfig.from(settings(yaml), data))).containsExactly(expected);
        assertThat(problems(() -> IpnConfig.kafka(settings(yaml), data))).containsExactly(expected);
    }

    @Test
    void an_address_that_names_the_port_agrees_with_it() {
        assertThat(addresses(
                        "{kafka: {bootstrap.servers: 'localhost:9193'}, schema-registry: {url: 'http://127.0.0.1:8181/'},"
                                + " embedded: {kafka-port: 9193, registry-port: 8181}}"))
                .containsExactly("localhost:9193", "http://127.0.0.1:8181/");
    }

    @Test
    void contradictions_are_reported_with_all_other_problems() {
        var yaml = "{kafka: {bootstrap.servers: 'broker:9092'}, schema-registry: {url: 'http://registry:8081'},"
                + " embedded: {kafka-port: 9193, registry-port: 0}, ingress: {port: 99999}}";
        assertThat(problems(() -> IpnConfig.from(settings(yaml), data)))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly("ingress.port", "kafka.bootstrap.servers", "schema-registry.url");
    }

    @Test
    void an_embedded_stack_does_not_start_beside_settings_that_name_another_kafka() {
        var yaml = "{kafka: {bootstrap.servers: 'broker:9092'}, schema-registry: {url: 'http://registry:8081'}}";
        assertThat(problems(() -> IpnConfig.ofStack(settings(yaml), data)))
                .containsExactly(
                        "kafka.bootstrap.servers: broker:9092 (expected: 127.0.0.1:9092 or absent, because this command starts an embedded Kafka)",
                        "schema-registry.url: http://registry:8081 (expected: 127.0.0.1:8081 or absent, because this command starts an embedded schema registry)");
        assertThat(addresses(yaml)).containsExactly("broker:9092", "http://registry:8081");
    }

    @Test
    void any_free_port_is_no_address_to_look_for() {
        assertThat(problems(() -> IpnConfig.from(settings("embedded: {kafka-port: 0, registry-port: 0}"), data)))
                .containsExactly(
                        "kafka.bootstrap.servers: missing (expected: an address, because embedded.kafka-port is 0 and no stack runs on --data %s)"
                                .formatted(data),
                        "schema-registry.url: missing (expected: an address, because embedded.registry-port is 0 and no stack runs on --data %s)"
                                .formatted(data));
        assertThat(IpnConfig.ofStack(settings("embedded: {kafka-port: 0, registry-port: 0}"), data)
                        .embedded()
                        .kafkaPort())
                .isZero();
    }
}
