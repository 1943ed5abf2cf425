package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Strangers who never prove anything, from several addresses, against an ingress with a heap of 160 MiB, while a gateway sends. Run
 * longer with {@code -Dstrangers.seconds=60}.
 */
class StrangersIT {
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("strangers.seconds", 1));
    private static final String BODY = "pay_1 evt_1";

    static Stream<Strangers.Attack> attacks() {
        return Strangers.attacks();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void a_gateway_is_served_meanwhile_and_the_process_survives(Strangers.Attack attack) throws Exception {
        var process = start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var port = (int) number(out, "port ");
            assertThat(post(port)).isEqualTo(200); // the gateway's address is known from before the attack
            var strangers = startStrangers(port, attack);
            var unused = number(strangers.inputReader(StandardCharsets.UTF_8), "first connections ");
            var latencies = new Histogram(3);
            var answers = new java.util.TreeMap<Integer, Integer>();
            var end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end) {
                var begun = System.nanoTime();
                answers.merge(post(port), 1, Integer::sum);
                latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun));
            }
            var heap = heap(process, out);
            var connections = endOf(strangers);
            System.out.printf(
                    "Strangers, %s: %d connections of theirs, heap %d MiB, the gateway's answers %s, p50 %.1f ms, p99 %.1f ms, slowest %.1f ms%n",
                    attack,
                    connections,
                    heap / 1024 / 1024,
                    answers,
                    latencies.getValueAtPercentile(50) / 1000.0,
                    latencies.getValueAtPercentile(99) / 1000.0,
                    latencies.getMaxValue() / 1000.0);
            assertThat(process.isAlive()).isTrue();
            assertThat(connections).isGreaterThanOrEqualTo(Strangers.COUNT);
            assertThat(answers).containsOnlyKeys(200);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int post(int port) {
        try (var wire = new Wire(port)) {
            return wire.send(Post.signed(BODY).bytes())
                    .answer()
                    .map(Wire.Reply::status)
                    .orElse(0);
        }
    }

    /**
     * In a JVM of their own, and with the lowest priority where the system has one: they may use what time of the processors is left,
     * as if they had a machine of their own.
     */
    private static Process startStrangers(int port, Strangers.Attack attack) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "19"));
        }
        command.addAll(java("-Xmx256m", Strangers.class));
        command.addAll(List.of(Integer.toString(port), attack.name()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Ends the strangers, and returns how many connections they opened. */
    private static long endOf(Process strangers) throws IOException {
        strangers.getOutputStream().close();
        return number(strangers.inputReader(StandardCharsets.UTF_8), "connections ");
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(java("-Xmx160m", SmallIngress.class))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> java(String heap, Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    private static long heap(Process process, BufferedReader out) throws IOException {
        process.getOutputStream().write('h');
        process.getOutputStream().flush();
        return number(out, "heap ");
    }

    private static long number(BufferedReader out, String prefix) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(prefix)) {
                return Long.parseLong(line.substring(prefix.length()));
            }
        }
        throw new AssertionError("the process ended without " + prefix.strip());
    }
}
