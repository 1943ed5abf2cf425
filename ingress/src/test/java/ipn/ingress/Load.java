package ipn.ingress;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Several gateways posting as fast as they are answered, each notification its own event. */
final class Load implements AutoCloseable {
    /** An answer that asks the gateway to send again: 503 with {@code Retry-After}. */
    static final String REFUSED = "503 retry";

    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final int port;
    private final String name;
    private volatile boolean stopped;

    Load(int port, int connections, String name) {
        this.port = port;
        this.name = name;
        for (var i = 0; i < connections; i++) {
            var thread = new Thread(this::post, "load-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void post() {
        while (!stopped) {
            try (var wire = new Wire(port)) {
                while (!stopped && postOn(wire)) {
                    continue;
                }
            } catch (java.io.UncheckedIOException e) {
                count("refused");
            }
        }
    }

    /** False when the connection is of no more use. */
    private boolean postOn(Wire wire) {
        var event = name + "-" + numbers.incrementAndGet();
        var body = ("pay_" + event + " " + event).getBytes(StandardCharsets.UTF_8);
        var begun = System.nanoTime();
        var reply = wire.send(Post.signed(body, Instant.now()).bytes()).answer();
        slowestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
        count(described(reply));
        if (reply.isPresent() && reply.get().status() == 200) {
            acknowledged.add("test/main/" + event);
        }
        return reply.isPresent();
    }

    private static String described(Optional<Wire.Reply> reply) {
        return reply.map(it -> it.status() + (it.header("retry-after").isPresent() ? " retry" : ""))
                .orElse("closed");
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, absent -> new LongAdder()).increment();
    }

    /** Waits for so many further acknowledgements. */
    void awaitAcknowledged(int more) {
        var enough = acknowledged.size() + more;
        Ingress.await(more + " more are acknowledged", () -> acknowledged.size() >= enough);
    }

    /** Waits for so many further answers that ask the gateway to send again. */
    void awaitRefused(int more) {
        var enough = refused() + more;
        Ingress.await(more + " more are refused with 503", () -> refused() >= enough);
    }

    private long refused() {
        return answers.computeIfAbsent(REFUSED, absent -> new LongAdder()).sum();
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    void stop() {
        stopped = true;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
