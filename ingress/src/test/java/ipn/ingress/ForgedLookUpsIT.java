package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strangers at 120 addresses post forged IPNs, each of which would make the ingress send a request to PayPal, while PayPal delivers
 * IPNs from two addresses: addresses that have delivered before, or new ones after each stranger was denied once. Run longer with {@code -Dstrangers.seconds=60}.
 */
class ForgedLookUpsIT {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("strangers.seconds", 3));
    private static final int STRANGERS = 120;
    /** Per stranger. Together they post more than twice as many as PayPal could answer at {@code fetch-in-flight: 64}. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final List<String> PAYPALS = List.of("127.0.3.1", "127.0.3.2");
    private static final int CONNECTIONS_PER_ADDRESS = 2;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<String, LongAdder> strangersAnswers = new ConcurrentSkipListMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> paypalsAnswers = new ConcurrentSkipListMap<>();
    private final ConcurrentHistogram latencies = new ConcurrentHistogram(3);

    @ParameterizedTest(name = "PayPal delivered before the attack: {0}")
    @ValueSource(booleans = {true, false})
    void ipns_of_paypal_are_stored_at_the_first_attempt_during_the_attack(boolean known) throws Exception {
        try (var paypal = new SlowPayPal()) {
            var process = start(paypal.url());
            try {
                var out = process.inputReader(StandardCharsets.UTF_8);
                var port = port(out);
                new Thread(() -> out.lines().forEach(line -> {})).start(); // a full pipe would stop the ingress
                if (known) {
                    PAYPALS.forEach(
                            address -> assertThat(genuine(port, address)).isEqualTo("200"));
                }
                attack(port);
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
            print(known, paypal.requests());
            assertThat(sum(strangersAnswers)).as("forged IPNs").isGreaterThan(STRANGERS * LENGTH.toSeconds());
            assertThat(sum(paypalsAnswers)).as("IPNs of PayPal").isGreaterThan(5 * LENGTH.toSeconds());
            // a busy machine makes the ingress late, and PayPal sends again what was refused
            assertThat(paypalsAnswers.keySet()).isSubsetOf("200", "503");
            assertThat(paypalsAnswers.get("200").sum()).isGreaterThan(sum(paypalsAnswers) * 9 / 10);
        }
    }

    private void attack(int port) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < STRANGERS; i++) {
            var address = "127.0.2." + (1 + i);
            threads.add(new Thread(() -> postForged(port, address)));
        }
        threads.forEach(Thread::start);
        Ingress.await("every stranger was denied", () -> denied.size() == STRANGERS);
        for (var address : PAYPALS) {
            for (var i = 0; i < CONNECTIONS_PER_ADDRESS; i++) {
                var thread = new Thread(() -> postGenuine(port, address));
                threads.add(thread);
                thread.start();
            }
        }
        LockSupport.parkNanos(LENGTH.toNanos());
        over.set(true);
        for (var thread : threads) {
            thread.join();
        }
    }

    private void postForged(int port, String address) {
        while (!over.get()) {
            var next = System.nanoTime() + PACE_NANOS;
            var answer = post(port, address, "forged");
            add(strangersAnswers, answer);
            if (answer.equals("401")) {
                denied.add(address);
            }
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void postGenuine(int port, String address) {
        while (!over.get()) {
            var begun = System.nanoTime();
            add(paypalsAnswers, genuine(port, address));
            latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun));
        }
    }

    private static String genuine(int port, String address) {
        return post(port, address, SlowPayPal.MARK);
    }

    private static String post(int port, String address, String sign) {
        var number = NUMBERS.incrementAndGet();
        var body =
                ("notify_version=3.9&charset=windows-1252&business=%1$s&receiver_email=%1$s&txn_id=T%2$d&txn_type=web_accept"
                                + "&payment_status=Completed&mc_gross=5.00&mc_currency=USD&ipn_track_id=%2$d&verify_sign=%3$s")
                        .formatted(PayPalIngress.RECEIVER.replace("@", "%40"), number, sign)
                        .getBytes(StandardCharsets.US_ASCII);
        var post = Post.unsigned(body)
                .to("POST /ipn/paypal-ipn/main HTTP/1.1")
                .replacing("Content-Type", "Content-Type: application/x-www-form-urlencoded");
        try (var wire = new Wire(port, address)) {
            return wire.send(post.bytes())
                    .answer()
                    .map(reply -> Integer.toString(reply.status()))
                    .orElse("closed");
        } catch (UncheckedIOException e) {
            return "refused";
        }
    }

    private void print(boolean known, int requests) {
        System.out.printf(
                "Forged look-ups, PayPal known before: %s, %d s: forged %s, PayPal's %s, %d requests to PayPal, p50 %.1f ms, p99 %.1f ms, slowest %.1f ms%n",
                known,
                LENGTH.toSeconds(),
                new TreeMap<>(strangersAnswers),
                new TreeMap<>(paypalsAnswers),
                requests,
                latencies.getValueAtPercentile(50) / 1000.0,
                latencies.getValueAtPercentile(99) / 1000.0,
                latencies.getMaxValue() / 1000.0);
    }

    private static void add(Map<String, LongAdder> answers, String answer) {
        answers.computeIfAbsent(answer, absent -> new LongAdder()).increment();
    }

    private static long sum(Map<String, LongAdder> answers) {
        return answers.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private static Process start(String url) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        var command = List.of(
                java, "-Xmx160m", "-XX:TieredStopAtLevel=1", "-cp", classPath, PayPalIngress.class.getName(), url);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int port(BufferedReader out) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring("port ".length()));
            }
        }
        throw new AssertionError("the ingress ended");
    }
}
