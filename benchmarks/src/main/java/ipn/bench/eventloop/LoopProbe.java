package ipn.bench.eventloop;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks the ingress, on connections of its own, for what only an event loop has a hand in: the way to nobody's account. How
 * long that takes is how long the loop was busy with others.
 */
final class LoopProbe implements AutoCloseable {
    static final byte[] QUESTION =
            "POST /ipn/nobody/main HTTP/1.1\r\nHost: probe\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int BODY_MAX = 4096;

    private final Histogram roundTripMicros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final Histogram heldMicros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final LoopThreads loops;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * @param connections as many as there are event loops at least: the ingress spreads them evenly
     * @param loops which of them answer
     */
    LoopProbe(int port, int connections, LoopThreads loops) {
        this.loops = loops;
        for (var i = 0; i < connections; i++) {
            var thread = new Thread(() -> ask(port), "probe-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void ask(int port) {
        while (open) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                var in = new BufferedInputStream(socket.getInputStream());
                while (open) {
                    var busy = loops.busyNanos();
                    var asked = System.nanoTime();
                    socket.getOutputStream().write(QUESTION);
                    var stays = answered(in);
                    var took = System.nanoTime() - asked;
                    var held = Math.min(took, LoopThreads.longest(busy, loops.busyNanos()));
                    roundTripMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(took));
                    heldMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(held));
                    LockSupport.parkNanos(PAUSE);
                    if (!stays) {
                        break;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads one answer; false where the connection ends with it. */
    private static boolean answered(InputStream in) throws IOException {
        var length = 0;
        var stays = true;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            stays &= !line.equals("connection: close");
        }
        if (in.readNBytes(Math.min(length, BODY_MAX)).length < length) {
            throw new EOFException("probe: the answer ended early");
        }
        return stays;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("probe: closed without an answer");
            }
            if (c != '\r') {
                line.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
            }
        }
        return line.toString();
    }

    Histogram roundTripMicros() {
        return roundTripMicros;
    }

    /** Of each round trip, as much as an event loop was at work meanwhile: the rest is the machine's. */
    Histogram heldMicros() {
        return heldMicros;
    }

    @Override
    public void close() {
        open = false;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
