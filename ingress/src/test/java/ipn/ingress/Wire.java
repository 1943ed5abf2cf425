package ipn.ingress;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A client that writes what it is told, byte for byte, well-formed or not. Every answer is held against the OpenAPI document. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    final Socket socket;
    private final InputStream in;
    private boolean failed;

    Wire(int port) {
        this(open(port));
    }

    /** @param from address of loopback to connect from */
    Wire(int port, String from) {
        this(open(port, from));
    }

    Wire(Socket socket) {
        try {
            this.socket = socket;
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            this.in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket open(int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket open(int port, String from) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param headers by lower-case name */
    record Reply(int status, Map<String, List<String>> headers, String body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
        }
    }

    Wire send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            failed = true; // the server may have closed already; what it answered can still be read
        }
        return this;
    }

    /** Whether the other side has closed the connection, or what was sent could not be. */
    boolean isGone() {
        try {
            while (in.available() > 0) {
                if (in.skip(in.available()) == 0) {
                    return true;
                }
            }
            return failed || socket.isClosed();
        } catch (IOException e) {
            return true;
        }
    }

    /** The next answer; empty if the connection was closed instead. */
    Optional<Reply> answer() {
        var head = head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        var lines = head.get().split("\r\n");
        var headers = new LinkedHashMap<String, List<String>>();
        for (var line : List.of(lines).subList(1, lines.length)) {
            var colon = line.indexOf(':');
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.computeIfAbsent(name, absent -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        var length = Integer.parseInt(
                headers.getOrDefault("content-length", List.of("0")).get(0));
        var reply = new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, bytes(length));
        if (reply.status() != 100) {
            OpenApi.holdsFor("/ipn/{gateway}/{account}", "post", reply);
        }
        return Optional.of(reply);
    }

    Reply mustAnswer() {
        return answer().orElseThrow(() -> new AssertionError("closed without an answer"));
    }

    /** True once the server has closed and nothing more was said. */
    boolean closed() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after " + PATIENCE_MILLIS + " ms", e);
        } catch (IOException e) {
            return true;
        }
    }

    private Optional<String> head() {
        var head = new ByteArrayOutputStream();
        try {
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                var next = in.read();
                if (next < 0) {
                    return Optional.empty();
                }
                head.write(next);
            }
            return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither answer nor close after " + PATIENCE_MILLIS + " ms", e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String bytes(int length) {
        try {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
