package ipn.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_survives_an_orderly_restart_and_a_hard_kill() throws Exception {
        try (var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults())) {
            var log = new Log(broker.bootstrapServers(), "kept");
            log.create();
            log.append("before");

            broker.restart();
            log.append("between");

            broker.killHard();
            assertThat(broker.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(128 + 9);
            broker.restart();
            log.append("after");

            assertThat(log.lines()).containsExactly("before", "between", "after");
        }
    }

    @Test
    void it_ends_when_the_process_that_started_it_is_killed_hard_and_the_next_start_goes_on_with_its_records()
            throws Exception {
        var owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerOfBroker.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8)).readLine();
        var orphan = ProcessHandle.of(Long.parseLong(said.split(" ")[0])).orElseThrow();
        var before = new Log(said.split(" ")[1], "kept");
        before.create();
        before.append("old");

        owner.destroyForcibly().waitFor();
        try (var next = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults())) {
            orphan.onExit().get(10, TimeUnit.SECONDS);
            assertThat(new Log(next.bootstrapServers(), "kept").lines()).containsExactly("old");
        }
    }

    @Test
    void paused_it_answers_nothing_and_resumed_it_goes_on() throws Exception {
        try (var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults())) {
            broker.pause();
            assertThatThrownBy(() -> clusterId(broker))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(broker.isAlive()).isTrue();

            broker.resume();
            assertThat(clusterId(broker)).isNotEmpty();
        }
    }

    @Test
    void paused_for_some_seconds_it_leads_its_partitions_all_the_time() throws Exception {
        try (var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults())) {
            var log = new Log(broker.bootstrapServers(), "led");
            log.create();
            log.append("before");

            for (var pause = 0; pause < 2; pause++) {
                broker.pause();
                assertThatThrownBy(() -> clusterId(broker)).hasCauseInstanceOf(TimeoutException.class);
                assertThatThrownBy(() -> clusterId(broker)).hasCauseInstanceOf(TimeoutException.class);
                broker.resume();
                log.append("after");
            }

            assertThat(log.leaderEpochs()).containsOnly(0);
        }
    }

    @Test
    void a_folder_in_use_is_refused_with_what_to_do() {
        try (var first = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults())) {
            assertThat(first.isAlive()).isTrue();
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0, BrokerOptions.defaults()))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageStartingWith("data: ")
                    .hasMessageContaining("in use by another broker (expected: ");
        }
    }

    @Test
    void a_port_in_use_is_refused_with_what_to_do() throws Exception {
        try (var taken = new ServerSocket()) {
            taken.bind(Ports.at(0));
            var port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, port, BrokerOptions.defaults()))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessage("port " + port + ": already in use (expected: a free port; stop what listens there or"
                            + " choose another with --kafka-port)");
        }
    }

    @Test
    void a_broker_that_cannot_start_shows_the_end_of_its_log() throws Exception {
        var wrong = BrokerOptions.defaults().with("num.io.threads", "many");

        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0, wrong))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageStartingWith("the embedded broker did not start")
                .hasMessageContaining("Invalid value many for configuration num.io.threads");
        assertThat(Files.readString(folder.resolve("broker.log"))).contains("num.io.threads");
    }

    private static String clusterId(EmbeddedBroker broker) throws Exception {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "request.timeout.ms",
                1_000,
                "default.api.timeout.ms",
                (int) Duration.ofSeconds(2).toMillis());
        try (var admin = Admin.create(settings)) {
            return admin.describeCluster().clusterId().get();
        }
    }
}
