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
 * Sends requests for an unknown account to the ingress, on separate connections. Only an event loop handles them, so a round trip
 * takes as long as the loop is busy with other requests.
 */
final class LoopProbe implements AutoCloseable {
    static final byte[] REQUEST =
            "POST /ipn/unknown/main HTTP/1.1\r\nHost: probe\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int BODY_MAX = 4096;

    private final Histogram roundTripMicros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final Histogram blockedMicros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final LoopThreads loops;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * @param connections at least the number of event loops: the ingress distributes connections evenly
     * @param loops the event loops of the ingress
     */
    LoopProbe(int port, int connections, LoopThreads loops) {
        this.loops = loops;
        for (var i = 0; i < connections; i++) {
            var thread = new Thread(() -> probe(port), "probe-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void probe(int port) {
        while (open) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                var in = new BufferedInputStream(socket.getInputStream());
                while (open) {
                    var busy = loops.busyNanos();
                    var sentAt = System.nanoTime();
                    socket.getOutputStream().write(REQUEST);
                    var keepAlive = readResponse(in);
                    var roundTrip = System.nanoTime() - sentAt;
                    var blocked = Math.min(roundTrip, LoopThreads.longestIncrease(busy, loops.busyNanos()));
                    roundTripMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(roundTrip));
                    blockedMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(blocked));
                    LockSupport.parkNanos(PAUSE);
                    if (!keepAlive) {
                        break;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads one response; false if the connection closes after it. */
    private static boolean readResponse(InputStream in) throws IOException {
        var length = 0;
        var keepAlive = true;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            keepAlive &= !line.equals("connection: close");
        }
        if (in.readNBytes(Math.min(length, BODY_MAX)).length < length) {
            throw new EOFException("probe: the response is incomplete");
        }
        return keepAlive;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("probe: the connection was closed without a response");
            }
            if (c != '\r') {
                line.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
            }
        }
        return line.toString();
    }

    /** The time of each round trip. */
    Histogram roundTripMicros() {
        return roundTripMicros;
    }

    /** The part of each round trip during which an event loop was busy; the machine causes the rest. */
    Histogram blockedMicros() {
        return blockedMicros;
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
