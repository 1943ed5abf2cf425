package ipn.bench.measure;

import ipn.polling.Polling;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Waits until a process is ready, by its health check. */
public final class ReadyCheck {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private ReadyCheck() {}

    /**
     * Returns when the check responds with 200.
     *
     * @param logs the folder that the message of the exception names
     * @throws IOException if it does not within two minutes
     */
    public static void await(URI health, Path logs) throws IOException {
        await(health, logs, TIMEOUT);
    }

    /** As {@link #await(URI, Path)}, with another timeout. */
    public static void await(URI health, Path logs, Duration timeout) throws IOException {
        if (!Polling.upTo(timeout).every(INTERVAL).until(() -> ready(health))) {
            throw new IOException("%s: not ready within %s; the logs are in %s".formatted(health, timeout, logs));
        }
    }

    private static boolean ready(URI health) {
        try {
            var connection = (HttpURLConnection) health.toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false; // not started yet
        }
    }
}
