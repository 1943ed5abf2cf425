package ipn.runtime.clock;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.polling.Polling;
import ipn.runtime.streams.CopiedTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of a stage is set by an hour and back, while its monotonic clock and the broker run on. */
@Timeout(240)
class ClockSetBackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String REPLACING = "Wall clock was set back";

    @TempDir
    Path folder;

    private MappedByteBuffer ahead;
    private EmbeddedBroker broker;
    private CopiedTopics topics;
    private Process stage;

    @BeforeEach
    void start() throws IOException {
        ahead = ClockFile.map(folder.resolve("clock"));
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0, BrokerOptions.defaults());
        topics = CopiedTopics.create(broker.bootstrapServers());
        stage = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-javaagent:" + agent(),
                        "-Dclock.file=" + folder.resolve("clock"),
                        "-Dstreams.level=WARN",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SteppedStage.class.getName(),
                        broker.bootstrapServers(),
                        folder.resolve("state").toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log().toFile()))
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        stage.destroyForcibly().waitFor();
        broker.killHard();
    }

    @Test
    void a_stage_goes_on_after_the_clock_was_set_back() throws Exception {
        topics.write("a");
        topics.awaitCopies("a");
        set(HOUR);
        topics.write("b");
        topics.awaitCopies("a", "b");
        set(Duration.ZERO);
        awaitPrinted(REPLACING, 1);
        topics.write("c");
        topics.awaitCopies("a", "b", "c");
        set(HOUR.negated());
        awaitPrinted(REPLACING, 2);
        topics.write("d");
        topics.awaitCopies("a", "b", "c", "d");
        set(Duration.ZERO);
        topics.write("e");
        topics.awaitCopies("a", "b", "c", "d", "e");
        awaitPrinted(SteppedStage.CALLED_BACK, 2);
        stage.destroy();
        assertThat(stage.waitFor(15, TimeUnit.SECONDS)).as("stops when asked").isTrue();
    }

    private void set(Duration by) {
        ahead.putLong(0, by.toMillis());
    }

    private void awaitPrinted(String line, int times) {
        assertThat(Polling.upTo(PATIENCE).until(() -> printed().split(line, -1).length > times))
                .as("%d times '%s', in: %s", times, line, printed())
                .isTrue();
    }

    private Path log() {
        return folder.resolve("stage.log");
    }

    private String printed() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path agent() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ClockAgent.class.getName());
        var jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
