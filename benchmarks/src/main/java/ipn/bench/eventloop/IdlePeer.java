package ipn.bench.eventloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers a {@link LoopProbe} as the ingress does, by threads that have nothing else to do: what a round trip takes on this
 * machine while nobody is held.
 */
final class IdlePeer implements AutoCloseable {
    private static final byte[] ANSWER =
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;

    IdlePeer() {
        try {
            listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                daemon(() -> answer(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            while (socket.getInputStream().readNBytes(LoopProbe.QUESTION.length).length == LoopProbe.QUESTION.length) {
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            // the probe has gone
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
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
