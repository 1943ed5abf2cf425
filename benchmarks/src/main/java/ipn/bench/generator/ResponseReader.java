package ipn.bench.generator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads one HTTP response from the bytes of a connection, as they arrive. Each response must have a content-length. */
final class ResponseReader {
    private static final int HEAD_MAX = 8 * 1024;

    private final StringBuilder line = new StringBuilder();
    private int status;
    private int headBytes;
    private int bodyLeft;
    private boolean inBody;
    private boolean closes;

    /**
     * Reads what there is; bytes after the response stay in the buffer.
     *
     * @return whether the response is complete
     * @throws IllegalStateException if it is no HTTP response
     */
    boolean read(ByteBuffer bytes) {
        while (!inBody && bytes.hasRemaining()) {
            var next = (char) (bytes.get() & 0xff);
            if (++headBytes > HEAD_MAX) {
                throw new IllegalStateException("response: a head of more than %d bytes".formatted(HEAD_MAX));
            }
            if (next == '\n') {
                endOfLine();
            } else if (next != '\r') {
                line.append(next);
            }
        }
        if (inBody) {
            var skipped = Math.min(bodyLeft, bytes.remaining());
            bytes.position(bytes.position() + skipped);
            bodyLeft -= skipped;
        }
        return inBody && bodyLeft == 0;
    }

    private void endOfLine() {
        if (status == 0) {
            status = status(line.toString());
        } else if (line.isEmpty()) {
            inBody = status >= 200; // after 100 Continue follows another head
            status = inBody ? status : 0;
        } else {
            field(line.toString().toLowerCase(Locale.ROOT));
        }
        line.setLength(0);
    }

    private static int status(String line) {
        if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
            throw new IllegalStateException("response: begins with '%s' (expected: HTTP/1.1)"
                    .formatted(new String(line.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII)));
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private void field(String field) {
        var colon = field.indexOf(':');
        if (colon < 0) {
            throw new IllegalStateException("response: a field without a colon");
        }
        var value = field.substring(colon + 1).strip();
        switch (field.substring(0, colon)) {
            case "content-length" -> bodyLeft = Integer.parseInt(value);
            case "connection" -> closes = value.equals("close");
            default -> {
                // of no interest
            }
        }
    }

    /** The status of the complete response. */
    int status() {
        return status;
    }

    /** Whether the server closes the connection after it. */
    boolean closes() {
        return closes;
    }

    /** Whether the first bytes of a response have arrived, but not all. */
    boolean begun() {
        return headBytes > 0;
    }

    /** Expects the next response. */
    void reset() {
        status = 0;
        headBytes = 0;
        bodyLeft = 0;
        inBody = false;
        closes = false;
        line.setLength(0);
    }
}
