package ipn.bench.generator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Opens connections at a rate, and sends on each the head of a call and then its body, one byte at a time, until the server ends it. */
final class SlowBodies {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Each connection sends a byte in one of so many steps. */
    private static final int STEPS_PER_BYTE = 50;

    /** No ingress waits longer for a body. */
    private static final long END_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int STATUS_END = 12;

    private final InetSocketAddress target;
    private final Supplier<InetSocketAddress> source;
    private final byte[] head;
    private final Deque<SocketChannel> open = new ArrayDeque<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final ByteBuffer in = ByteBuffer.allocate(1024);

    /** @param head of a call whose declared length is not reached */
    SlowBodies(InetSocketAddress target, Supplier<InetSocketAddress> source, byte[] head) {
        this.target = target;
        this.source = source;
        this.head = head;
    }

    /**
     * Opens connections for some seconds, then waits until the server has ended all.
     *
     * @return their number by status; 0: closed without a response
     */
    Map<Integer, Integer> run(double perSecond, double seconds) {
        var begin = System.nanoTime();
        var all = (int) Math.round(perSecond * seconds);
        var end = begin + (long) (seconds * TimeUnit.SECONDS.toNanos(1)) + END_TIMEOUT_NANOS;
        var opened = 0;
        while ((opened < all || !open.isEmpty()) && System.nanoTime() < end) {
            var due = (int) Math.min(all, (System.nanoTime() - begin) / 1e9 * perSecond + 1);
            for (; opened < due; opened++) {
                connect();
            }
            for (var i = open.size() / STEPS_PER_BYTE; i >= 0 && !open.isEmpty(); i--) {
                var next = open.remove();
                if (!ended(next)) {
                    open.add(next);
                }
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        open.forEach(SlowBodies::close);
        statuses.merge(Outcomes.NO_RESPONSE, open.size(), Integer::sum);
        statuses.values().removeIf(count -> count == 0);
        return statuses;
    }

    private void connect() {
        try {
            var channel = SocketChannel.open();
            channel.bind(source.get());
            channel.connect(target);
            channel.configureBlocking(false);
            channel.write(ByteBuffer.wrap(head));
            open.add(channel);
        } catch (IOException e) {
            statuses.merge(Outcomes.NO_RESPONSE, 1, Integer::sum);
        }
    }

    /** Sends one more byte; true when the server has responded or closed the connection. */
    private boolean ended(SocketChannel channel) {
        try {
            in.clear();
            var count = channel.read(in);
            if (count == 0) {
                channel.write(ByteBuffer.wrap(new byte[] {' '}));
                return false;
            }
            statuses.merge(count < STATUS_END ? Outcomes.NO_RESPONSE : status(), 1, Integer::sum);
        } catch (IOException e) {
            statuses.merge(Outcomes.NO_RESPONSE, 1, Integer::sum);
        }
        close(channel);
        return true;
    }

    private int status() {
        var response = new ResponseReader();
        response.read(in.flip());
        return response.status();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
