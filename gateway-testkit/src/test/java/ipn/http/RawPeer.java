package ipn.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A peer that need not speak HTTP: it takes a request's head and then does what a test wants. Says when it was hung up on. */
final class RawPeer implements AutoCloseable {
    /** What it does on a connection; may block, and ends when the other side hangs up. */
    interface Script {
        void play(RawPeer self, Socket connection) throws Exception;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Exception> hungUp = new CompletableFuture<>();

    RawPeer(Script script) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> accept(script));
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                threads.execute(() -> play(script, connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(Script script, Socket connection) {
        try (connection) {
            requests.add(head(connection));
            script.play(this, connection);
        } catch (Exception e) {
            hungUp.complete(e);
        }
    }

    private static String head(Socket connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        var head = in.readLine();
        for (var line = head; line != null && !line.isEmpty(); line = in.readLine()) {
            // to the empty line
        }
        return String.valueOf(head);
    }

    /** Says a text once, and the connection ends. */
    static Script replying(String text) {
        return (self, connection) -> say(connection, text);
    }

    /** Says a text, and a second one again and again. */
    static Script repeating(String first, String again) {
        return (self, connection) -> {
            say(connection, first);
            while (!self.isClosing()) {
                say(connection, again);
            }
        };
    }

    /** Says a text, and a second one letter by letter, one a tick, over and over. */
    static Script dripping(String first, String again) {
        return (self, connection) -> {
            say(connection, first);
            for (var i = 0; !self.closing.await(20, TimeUnit.MILLISECONDS); i++) {
                say(connection, String.valueOf(again.charAt(i % again.length())));
            }
        };
    }

    /** Says a text and then nothing, until the other side is gone. */
    static Script stopping(String text) {
        return (self, connection) -> {
            say(connection, text);
            if (connection.getInputStream().read() < 0) {
                throw new IOException("hung up");
            }
        };
    }

    /** Says a text and tears the connection down. */
    static Script tearing(String text) {
        return (self, connection) -> {
            say(connection, text);
            connection.setSoLinger(true, 0);
        };
    }

    private static void say(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    String url() {
        return "http://localhost:" + server.getLocalPort();
    }

    int port() {
        return server.getLocalPort();
    }

    /** The first line of every request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Done when the other side hung up while a script was at it. */
    CompletableFuture<Exception> hungUp() {
        return hungUp;
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        threads.shutdownNow();
    }
}
