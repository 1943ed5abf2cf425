package ipn.bench.generator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One keep-alive connection, on which one call at a time is sent. Thread-safe. */
final class Connection {
    private static final int READ_BYTES = 16 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What the bytes of a connection mean. */
    enum Event {
        NOTHING,
        /** A response is complete; the connection can be used again. */
        RESPONSE,
        /** A response is complete, and the connection is closed after it. */
        LAST_RESPONSE,
        /** The connection ended without a response. */
        END
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    private final ResponseReader response = new ResponseReader();
    private ByteBuffer out = NOTHING;
    private int call;
    private long dueAt;
    private boolean inUse;

    Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /**
     * Sends a call; what the socket does not take at once is sent by {@link #writable}.
     *
     * @param at when the call was due
     */
    synchronized void send(int index, long at, byte[] request) {
        call = index;
        dueAt = at;
        inUse = true;
        response.reset();
        out = ByteBuffer.wrap(request);
        writable();
    }

    /** Sends what is left of the call. */
    synchronized void writable() {
        try {
            channel.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            if (out.hasRemaining()) {
                key.selector().wakeup();
            }
        } catch (IOException e) {
            out = NOTHING; // the end of the connection is read next
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** Reads what has arrived. */
    synchronized Event readable() {
        try {
            in.clear();
            var count = channel.read(in);
            if (count < 0) {
                return Event.END;
            }
            in.flip();
            if (!inUse || !response.read(in)) {
                return Event.NOTHING;
            }
            // after the response to a call that is not sent whole, nothing more can be sent
            return response.closes() || out.hasRemaining() ? Event.LAST_RESPONSE : Event.RESPONSE;
        } catch (IOException e) {
            return Event.END;
        }
    }

    synchronized int status() {
        return response.status();
    }

    synchronized int call() {
        return call;
    }

    synchronized long dueAt() {
        return dueAt;
    }

    /** Whether a call waits for its response. */
    synchronized boolean inUse() {
        return inUse;
    }

    /** Waits for no response any more. */
    synchronized void free() {
        inUse = false;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
