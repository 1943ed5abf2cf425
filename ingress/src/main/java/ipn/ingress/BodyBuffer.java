package ipn.ingress;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * The body of one request. Chunks are copied out of the network buffers as they arrive, so that a body costs the memory that was
 * reserved for it, however small its chunks are.
 */
final class BodyBuffer {
    /** A declared length is allocated at once only up to here: nothing has arrived yet that would justify more. */
    private static final int FIRST_MAX = 16 * 1024;

    private final int first;
    private final int max;
    private byte[] bytes = {};
    private int length;

    /**
     * @param declared length of the body as the sender declared it; 0: not declared
     * @param max bytes of the largest body; not checked here
     */
    BodyBuffer(long declared, int max) {
        this.max = declared == 0 ? max : (int) Math.min(declared, max);
        this.first = (int) Math.min(declared, FIRST_MAX);
    }

    /** Bytes of memory that a further chunk takes: to be reserved before it is appended. */
    int growth(int chunk) {
        return capacity(chunk) - bytes.length;
    }

    void append(Buffer chunk) {
        if (growth(chunk.length()) > 0) {
            bytes = Arrays.copyOf(bytes, capacity(chunk.length()));
        }
        chunk.getBytes(bytes, length);
        length += chunk.length();
    }

    int length() {
        return length;
    }

    /** The whole body. */
    byte[] toArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Drops the bytes. */
    void clear() {
        bytes = new byte[0];
        length = 0;
    }

    private int capacity(int chunk) {
        var needed = length + chunk;
        return needed <= bytes.length
                ? bytes.length
                : Math.max(needed, Math.min(max, Math.max(first, 2 * bytes.length)));
    }
}
