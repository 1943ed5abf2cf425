package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka goes away under load, and comes back. */
class BrokerDownIT {
    private static final TopicCatalogue TOPICS = new TopicCatalogue("down.", 4, (short) 1);
    private static final int CONNECTIONS = 16;
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(2);

    @Test
    void only_503_with_retry_after_while_the_event_loops_stay_free_then_recovery_by_itself(@TempDir Path folder)
            throws Exception {
        try (var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults())) {
            createTopics(broker);
            var kafka = Live.kafka(broker.bootstrapServers(), TOPICS, Map.of());
            try (var live = new Live(
                                    "request-deadline: " + REQUEST_DEADLINE + ", publish-timeout: PT1S",
                                    Clock.systemUTC(),
                                    kafka,
                                    TestAccount.main())
                            .awaitReady();
                    var machine = new MachineLag();
                    var load = new Load(live.server.port(), CONNECTIONS, "down")) {
                load.awaitAcknowledged(500);

                broker.pause();
                load.awaitRefused(3 * CONNECTIONS);
                broker.resume();
                load.awaitAcknowledged(500);

                broker.killHard();
                load.awaitRefused(CONNECTIONS);
                broker.restart();
                load.awaitAcknowledged(500);

                fillDisk(broker);
                load.awaitRefused(CONNECTIONS);
                broker.restart();
                load.awaitAcknowledged(500);

                load.stop();
                System.out.printf(
                        "Broker down: answers %s, slowest %s, event-loop lag %.0f ms, the machine's own %.0f ms%n",
                        load.answers, load.slowest(), live.lagMillisMax(), machine.millisMax());
                assertThat(load.answers.keySet()).containsExactlyInAnyOrder("200", Load.REFUSED);
                assertThat(load.slowest()).isLessThan(REQUEST_DEADLINE.plusSeconds(1));
                assertThat(live.lagMillisMax()).isLessThan(100 + machine.millisMax());
                var stored = RawTopic.read(broker.bootstrapServers(), TOPICS.name(TopicCatalogue.RAW)).stream()
                        .map(record ->
                                new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                        .collect(Collectors.toSet());
                assertThat(stored).containsAll(load.acknowledged);
            }
        }
    }

    /** From now on none of its files can grow, as on a full disk; a restart mends it. */
    private static void fillDisk(EmbeddedBroker broker) throws Exception {
        var command = List.of("prlimit", "--pid", Long.toString(broker.pid()), "--fsize=1:1");
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static void createTopics(EmbeddedBroker broker) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            var topics = Stream.of(TopicCatalogue.RAW, TopicCatalogue.RAW_DEFERRED)
                    .map(topic -> new NewTopic(TOPICS.name(topic), 4, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }
}
