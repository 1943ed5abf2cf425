package ipn.bench.generator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Sends calls over plain sockets with two threads: one sends each call when it is due, on a connection that is free; the other reads responses, and sends
 * calls that had to wait for a connection. What it costs per call is a small part of what a server costs.
 */
final class HttpSender implements AutoCloseable {
    private static final long ANSWER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int SELECT_MILLIS = 5;
    private static final int CONNECTS_PER_STEP = 32;

    private final InetSocketAddress target;
    private final Supplier<InetSocketAddress> source;
    private final int connectionsMax;
    private final Selector selector = Selector.open();
    private final Deque<Connection> idle = new ArrayDeque<>();
    /** Used by the thread that reads only. */
    private final Set<Connection> open = new HashSet<>();
    /** Used by the thread that reads only. */
    private int connecting;

    private volatile Batch batch = Batch.none();

    /** @param source gives the local address of each connection; port 0: any */
    HttpSender(InetSocketAddress target, Supplier<InetSocketAddress> source, int connectionsMax) throws IOException {
        this.target = target;
        this.source = source;
        this.connectionsMax = connectionsMax;
    }

    /** Opens connections in advance, and waits until they are open. */
    void connect(int connections) throws IOException {
        var deadline = System.nanoTime() + ANSWER_TIMEOUT_NANOS;
        while (open.size() < connections) {
            if (open.size() + connecting < connections) {
                startConnect();
            }
            step();
            if (System.nanoTime() > deadline) {
                throw new IOException("%s: %d connections (expected: %d)".formatted(target, open.size(), connections));
            }
        }
    }

    /** Closed loop: each connection sends its next call when it has the response to the last one. */
    void sendAll(IntFunction<byte[]> requests, Outcomes outcomes) throws IOException {
        List<Connection> free;
        synchronized (this) {
            batch = new Batch(requests, call -> -1, outcomes);
            batch.due(batch.count());
            free = List.copyOf(idle);
            idle.clear();
        }
        free.forEach(this::sendNext);
        readUntilAnswered();
    }

    /** Open loop: each call is sent when it is due; latencies are measured from then, also if it had to wait for a connection. */
    void sendAtPace(Pace pace, IntFunction<byte[]> requests, Outcomes outcomes)
            throws IOException, InterruptedException {
        synchronized (this) {
            batch = new Batch(requests, pace::dueNanos, outcomes);
        }
        var pacer = new Thread(this::sendWhenDue, "pacer");
        pacer.start();
        readUntilAnswered();
        pacer.join();
    }

    private void sendWhenDue() {
        for (var call = 0; call < batch.count(); call++) {
            var due = batch.dueAt(call);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Optional<Connection> free;
            synchronized (this) {
                batch.due(call + 1);
                free = Optional.ofNullable(idle.poll());
            }
            free.ifPresentOrElse(this::sendNext, selector::wakeup); // the other thread opens a connection, if it may
        }
    }

    /** Sends the next call that is due, or keeps the connection until one is. */
    private void sendNext(Connection connection) {
        int call;
        synchronized (this) {
            if (!batch.waiting()) {
                idle.push(connection);
                return;
            }
            call = batch.take();
        }
        connection.send(call, batch.dueAt(call), batch.request(call));
    }

    /** Reads until each call has its response. If there is none for 30 seconds, those that are left get none. */
    private void readUntilAnswered() throws IOException {
        var answered = 0;
        var since = System.nanoTime();
        while (answered < batch.count()) {
            step();
            connectForWaiting();
            int now;
            synchronized (this) {
                now = batch.answered();
            }
            if (now > answered) {
                answered = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > ANSWER_TIMEOUT_NANOS) {
                giveUp();
                return;
            }
        }
    }

    private void step() throws IOException {
        selector.select(
                key -> {
                    if (key.attachment() instanceof Connection connection) {
                        onReady(connection, key);
                    } else {
                        onConnected(key);
                    }
                },
                SELECT_MILLIS);
    }

    private void onReady(Connection connection, SelectionKey key) {
        if (key.isValid() && key.isWritable()) {
            connection.writable();
        }
        var event = connection.readable();
        if (event == Connection.Event.NOTHING) {
            return;
        }
        synchronized (this) {
            if (!connection.inUse()) {
                idle.remove(connection); // only then it is there; the search takes long
            } else {
                var status = event == Connection.Event.END ? Outcomes.NO_RESPONSE : connection.status();
                batch.answer(connection.call(), status, connection.dueAt());
                connection.free();
            }
        }
        if (event == Connection.Event.RESPONSE) {
            sendNext(connection);
        } else {
            open.remove(connection);
            connection.close();
        }
    }

    private void connectForWaiting() throws IOException {
        for (var i = 0; i < CONNECTS_PER_STEP && open.size() + connecting < connectionsMax; i++) {
            synchronized (this) {
                if (!batch.waiting() || connecting >= batch.waitingCount()) {
                    return;
                }
            }
            startConnect();
        }
    }

    private void startConnect() throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(source.get());
        connecting++;
        channel.connect(target);
        channel.register(selector, SelectionKey.OP_CONNECT);
    }

    private void onConnected(SelectionKey key) {
        var channel = (SocketChannel) key.channel();
        connecting--;
        try {
            channel.finishConnect();
        } catch (IOException e) {
            key.cancel();
            return; // refused; another one is opened while calls wait
        }
        key.interestOps(SelectionKey.OP_READ);
        var connection = new Connection(channel, key);
        key.attach(connection);
        open.add(connection);
        sendNext(connection);
    }

    /** Records that the calls that are left have no response. */
    private void giveUp() {
        synchronized (this) {
            for (var connection : open) {
                if (connection.inUse()) {
                    batch.answer(connection.call(), Outcomes.NO_RESPONSE, connection.dueAt());
                    connection.free();
                }
            }
            while (batch.waiting()) {
                var call = batch.take();
                batch.answer(call, Outcomes.NO_RESPONSE, batch.dueAt(call));
            }
        }
        open.forEach(Connection::close);
        open.clear();
    }

    @Override
    public void close() throws IOException {
        open.forEach(Connection::close);
        selector.close();
    }
}
