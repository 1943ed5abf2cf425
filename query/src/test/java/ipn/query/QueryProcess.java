package ipn.query;

import ipn.polling.Polling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The stage in a JVM of its own, so that it can be killed. It keeps its port. */
final class QueryProcess implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int STOP_SECONDS = 30;

    private final Path folder;
    private final int port = freePort();
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    /**
     * Starts it.
     *
     * @param folder for its settings, data and log
     * @param settings all but its port, as YAML; section {@code query} comes last
     */
    QueryProcess(Path folder, String settings) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("ipn.yaml"), settings + "  port: %d%n".formatted(port));
        process = launch();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                QueryMain.class.getName());
        builder.environment().put("IPN_CONFIG", folder.resolve("ipn.yaml").toString());
        builder.environment().put("IPN_DATA", folder.resolve("data").toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("query.log").toFile()))
                .start();
    }

    /** SIGKILL, and started again. */
    void killHard() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    /** An answer of status 200; empty if there is none now. */
    Optional<HttpResponse<String>> ask(String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER_TIMEOUT)
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return Optional.of(response).filter(each -> each.statusCode() == 200);
        } catch (IOException e) {
            return Optional.empty(); // it is away
        }
    }

    /** Waits until it answers a question. */
    boolean awaitAnswer(String path, Duration patience) {
        return Polling.upTo(patience).until(() -> {
            try {
                return ask(path).isPresent();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
