package ipn.bench.chaos;

import ipn.app.UserException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The network between the stages and the broker, or another server: a TCP proxy. The broker names its port as its own. What passes can be delayed, held
 * back, or cut off. Thread-safe.
 */
public final class BrokerLink implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int DELAY_MILLIS = 150;

    /** What happens to bytes. */
    private enum Mode {
        PASS,
        DELAY,
        HOLD,
        REFUSE
    }

    private final ServerSocket server;
    private final int broker;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "broker-link");
        thread.setDaemon(true);
        return thread;
    });
    private Mode mode = Mode.PASS;

    private BrokerLink(ServerSocket server, int broker) {
        this.server = server;
        this.broker = broker;
    }

    /**
     * Listens on loopback.
     *
     * @param broker the port on which the broker listens
     * @throws UserException if the port is in use
     */
    public static BrokerLink start(int port, int broker) throws IOException {
        try {
            var link = new BrokerLink(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), broker);
            link.threads.execute(link::accept);
            return link;
        } catch (BindException e) {
            throw UserException.usage(
                    "port %d: already in use (expected: a free port; choose others with --port)".formatted(port));
        }
    }

    /** The port on which it listens. */
    int port() {
        return server.getLocalPort();
    }

    /** From now on everything passes. */
    public void pass() {
        set(Mode.PASS);
    }

    /** From now on each piece of data arrives later. */
    public void delay() {
        set(Mode.DELAY);
    }

    /** From now on connections stay open and are accepted, but nothing arrives before {@link #pass()}. */
    public void hold() {
        set(Mode.HOLD);
    }

    /** All connections break, and from now on new ones are refused. */
    public void cut() {
        set(Mode.REFUSE);
        open.forEach(BrokerLink::close);
    }

    /** Each piece of data arrives later, for some time. */
    void delay(int millis) throws InterruptedException {
        during(millis, Mode.DELAY);
    }

    /** Connections stay open and are accepted, but nothing arrives, for some time; afterwards what was sent meanwhile does. */
    void hang(int millis) throws InterruptedException {
        during(millis, Mode.HOLD);
    }

    /** All connections break, and new ones are refused, for some time. */
    void cut(int millis) throws InterruptedException {
        cut();
        TimeUnit.MILLISECONDS.sleep(millis);
        set(Mode.PASS);
    }

    /** About half of the connections break, again and again. */
    void flap(int times, int pauseMillis, Random random) throws InterruptedException {
        for (var time = 0; time < times; time++) {
            for (var socket : List.copyOf(open)) {
                if (random.nextBoolean()) {
                    close(socket);
                }
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
    }

    private void during(int millis, Mode other) throws InterruptedException {
        set(other);
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            set(Mode.PASS);
        }
    }

    private synchronized void set(Mode other) {
        mode = other;
        notifyAll();
    }

    private synchronized Mode mode() {
        return mode;
    }

    /** Waits while bytes are held back. */
    private synchronized void awaitPassage() throws InterruptedException {
        while (mode == Mode.HOLD) {
            wait();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // the broker is away, or this proxy closes
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (mode() == Mode.REFUSE) {
            close(client);
            return;
        }
        var upstream = new Socket();
        try {
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker));
        } catch (IOException e) {
            close(client);
            close(upstream);
            throw e;
        }
        forward(client, upstream);
        forward(upstream, client);
    }

    private void forward(Socket from, Socket to) throws IOException {
        from.setTcpNoDelay(true);
        open.add(from);
        if (mode() == Mode.REFUSE) {
            close(from); // it was cut off while this one was accepted
        }
        threads.execute(() -> {
            try {
                copy(from, to);
            } catch (IOException e) {
                // one side is gone, so the other must be told
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close(from);
                close(to);
                open.remove(from);
            }
        });
    }

    private void copy(Socket from, Socket to) throws IOException, InterruptedException {
        var chunk = new byte[CHUNK_BYTES];
        var in = from.getInputStream();
        var out = to.getOutputStream();
        for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            if (mode() == Mode.DELAY) {
                TimeUnit.MILLISECONDS.sleep(DELAY_MILLIS);
            }
            awaitPassage();
            out.write(chunk, 0, count);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed enough
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(BrokerLink::close);
        set(Mode.PASS);
        threads.shutdownNow();
    }
}
