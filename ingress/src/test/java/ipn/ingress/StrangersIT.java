package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Strangers who never prove anything, from several addresses, against an ingress with a heap of 160 MiB, while a gateway sends. Run
 * longer with {@code -Dstrangers.seconds=60}.
 */
class StrangersIT {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("strangers.seconds", 1));
    private static final int ADDRESSES = 10;
    private static final int PER_ADDRESS = 4;
    private static final String BODY = "pay_1 evt_1";

    /** What a stranger does on one connection until it is closed, or the attack ends. */
    private record Attack(String name, BiConsumer<Wire, AtomicBoolean> step) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        var body = "x".repeat(900_000);
        return Stream.of(
                attack("chunks of one byte", chunkedHead(), "1\r\nx\r\n".repeat(2_000)),
                attack("large bodies that never end", Post.unsigned(body).head(), "x".repeat(64 * 1024)),
                attack("header fields that never end", "POST /ipn/test/main HTTP/1.1\r\n", "a:\r\n".repeat(50)),
                attack("repeated header fields", "POST /ipn/test/main HTTP/1.1\r\n" + "a:\r\n".repeat(3_000), "\r\n"),
                attack("one long header field", "POST /ipn/test/main HTTP/1.1\r\na: ", "x".repeat(4_000)),
                attack("connections without a byte", "", ""),
                attack(
                        "requests that are not authentic",
                        "",
                        new String(Post.unsigned(BODY).bytes(), StandardCharsets.ISO_8859_1)),
                attack(
                        "requests to accounts that do not exist",
                        "",
                        new String(
                                Post.unsigned(BODY)
                                        .to("POST /ipn/test/nobody HTTP/1.1")
                                        .bytes(),
                                StandardCharsets.ISO_8859_1)),
                attack(
                        "pipelined requests without reading",
                        "",
                        new String(
                                        Post.signed(BODY)
                                                .to("POST /ipn/test/nobody HTTP/1.1")
                                                .bytes(),
                                        StandardCharsets.ISO_8859_1)
                                .repeat(50)));
    }

    private static String chunkedHead() {
        return Post.unsigned("")
                .replacing("Content-Length", "Transfer-Encoding: chunked")
                .head();
    }

    private static Attack attack(String name, String begin, String again) {
        return new Attack(name, (wire, over) -> {
            wire.send(begin);
            while (!over.get() && !wire.isGone()) {
                wire.send(again);
                if (again.isEmpty()) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void a_gateway_is_served_meanwhile_and_the_process_survives(Attack attack) throws Exception {
        var process = start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var port = (int) number(out, "port ");
            assertThat(post(port)).isEqualTo(200); // the gateway's address is known from before the attack
            var over = new AtomicBoolean();
            var sent = new AtomicLong();
            var strangers = strangers(port, attack, over, sent);
            var latencies = new Histogram(3);
            var answers = new java.util.TreeMap<Integer, Integer>();
            var end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end) {
                var begun = System.nanoTime();
                answers.merge(post(port), 1, Integer::sum);
                latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun));
            }
            var heap = heap(process, out);
            over.set(true);
            for (var stranger : strangers) {
                stranger.join();
            }
            System.out.printf(
                    "Strangers, %s: %d connections of theirs, heap %d MiB, the gateway's answers %s, p50 %.1f ms, p99 %.1f ms, slowest %.1f ms%n",
                    attack,
                    sent.get(),
                    heap / 1024 / 1024,
                    answers,
                    latencies.getValueAtPercentile(50) / 1000.0,
                    latencies.getValueAtPercentile(99) / 1000.0,
                    latencies.getMaxValue() / 1000.0);
            assertThat(process.isAlive()).isTrue();
            assertThat(sent.get()).isGreaterThanOrEqualTo(ADDRESSES * PER_ADDRESS);
            assertThat(answers).containsOnlyKeys(200);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static List<Thread> strangers(int port, Attack attack, AtomicBoolean over, AtomicLong connections) {
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < ADDRESSES * PER_ADDRESS; i++) {
            var address = "127.0.0." + (2 + i % ADDRESSES);
            var thread = new Thread(() -> {
                while (!over.get()) {
                    try (var wire = new Wire(port, address)) {
                        connections.incrementAndGet();
                        attack.step().accept(wire, over);
                    } catch (UncheckedIOException refused) {
                        Thread.onSpinWait();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private static int post(int port) {
        try (var wire = new Wire(port)) {
            return wire.send(Post.signed(BODY).bytes())
                    .answer()
                    .map(Wire.Reply::status)
                    .orElse(0);
        }
    }

    private static Process start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-Xmx160m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallIngress.class.getName());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
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
        throw new AssertionError("the ingress ended");
    }
}
