package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.embedded.KafkaUnderTest;
import ipn.topics.TopicCatalogue;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IngressKilledIT {
    private static final int KILLS = 3;

    @Test
    void every_acknowledged_notification_survives_kill_9() throws Exception {
        var kafka = KafkaUnderTest.shared();
        var topics = kafka.createTopics(IngressKilledIT.class, 2);
        Set<String> acknowledged = new HashSet<>();
        for (var round = 0; round < KILLS; round++) {
            acknowledged.addAll(acknowledgedUntilKilled(kafka.bootstrapServers(), topics.prefix(), round));
        }
        var stored = RawTopic.read(kafka.bootstrapServers(), topics.name(TopicCatalogue.RAW)).stream()
                .map(record -> new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 200);
        assertThat(stored).containsAll(acknowledged);
        System.out.printf("kill -9 of the ingress: %d acknowledged, %d stored%n", acknowledged.size(), stored.size());
    }

    private static Set<String> acknowledgedUntilKilled(String servers, String prefix, int round) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledIngress.class.getName(),
                        servers,
                        prefix)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var port = port(out);
            try (var load = new Load(port, 8, "kill-" + round)) {
                load.awaitAcknowledged(200 + round * 37); // in the middle of something, a little later each time
                process.destroyForcibly();
                load.stop();
                return Set.copyOf(load.acknowledged);
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int port(BufferedReader out) throws Exception {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        throw new AssertionError("the ingress ended before it told its port");
    }
}
