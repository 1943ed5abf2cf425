package ipn.bench.eventloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Responds to a {@link LoopProbe} as the ingress does, but with idle threads. It shows the time of a round trip on this machine
 * when no event loop is blocked.
 */
final class IdlePeer implements AutoCloseable {
    private static final byte[] RESPONSE =
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;

    IdlePeer() {
        try {
            server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                daemon(() -> respond(socket));
            }
        } catch (IOException e) {
            // the server socket was closed
        }
    }

    private static void respond(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            while (socket.getInputStream().readNBytes(LoopProbe.REQUEST.length).length == LoopProbe.REQUEST.length) {
                socket.getOutputStream().write(RESPONSE);
            }
        } catch (IOException e) {
            // the probe closed its connection
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "idle-peer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
