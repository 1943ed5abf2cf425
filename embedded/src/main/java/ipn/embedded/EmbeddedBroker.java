package ipn.embedded;

import ipn.polling.Polling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real Kafka broker with its own controller, in a JVM of its own, on loopback. It stops when this JVM ends. Its records
 * are kept: a start on an existing folder continues with them, even after a kill.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration ORPHAN_TIMEOUT = Duration.ofSeconds(25);
    private static final int TRIES = 5;

    private final BrokerFolder folder;
    private final int port;
    private final BrokerOptions options;
    private Process process;

    private EmbeddedBroker(BrokerFolder folder, int port, BrokerOptions options) {
        this.folder = folder;
        this.port = port;
        this.options = options;
        this.process = launch();
    }

    /**
     * Starts a broker and waits until it is ready.
     *
     * @param folder for its records, log and settings
     * @param port to listen on at 127.0.0.1; 0: a free one
     * @throws EmbeddedException if the port or the folder is in use, or the broker does not start
     */
    public static EmbeddedBroker start(Path folder, int port, BrokerOptions options) {
        var at = BrokerFolder.at(folder);
        awaitOrphan(at);
        if (port != 0) {
            requireFree(port);
            return new EmbeddedBroker(at, port, options);
        }
        return startAnywhere(at, options);
    }

    /** Tries other ports if another process takes the port between the check and the start. */
    private static EmbeddedBroker startAnywhere(BrokerFolder folder, BrokerOptions options) {
        for (var tries = 1; ; tries++) {
            try {
                return new EmbeddedBroker(folder, Ports.free(), options);
            } catch (EmbeddedException e) {
                if (tries == TRIES || !folder.logTail().contains("BindException")) {
                    throw e;
                }
            }
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The process id of the broker's JVM. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the JVM of the broker ends for any reason. After a restart, call it again. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** SIGKILL: no shutdown, nothing flushed. */
    public void killHard() {
        process.destroyForcibly();
        await(process, STOP_TIMEOUT);
    }

    /** SIGSTOP: connections stay open, but nothing responds. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT, after {@link #pause()}. */
    public void resume() {
        signal("CONT");
    }

    /** Stops it normally; kills it if that takes too long. */
    public void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        if (!await(process, STOP_TIMEOUT)) {
            killHard();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Stops it if it runs, and starts it again on the same records and port. */
    public void restart() {
        stop();
        process = launch();
    }

    private Process launch() {
        folder.rotateLog();
        folder.writeSettings(BrokerSettings.of(folder.records(), port, Ports.freeBeside(port), options));
        folder.writeArguments(arguments());
        var started = spawn();
        folder.writeProcesses(started.pid(), ProcessHandle.current().pid());
        awaitReady(started);
        return started;
    }

    private List<String> arguments() {
        var arguments = new ArrayList<>(List.of(
                "-Xms64m",
                "-Xmx" + options.heapMib() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (options.longRun() ? 4 : 1),
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                // Limits the buffers outside the heap that threads cache to 256 KiB each.
                "-Djdk.nio.maxCachedBufferSize=262144",
                "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=ipn/embedded/broker-logback.xml"));
        arguments.addAll(BrokerArchive.arguments(folder.path(), options.classPath()));
        arguments.addAll(List.of(
                "-cp",
                options.classPath(),
                BrokerProcess.class.getName(),
                folder.settings().toString(),
                folder.clusterId()));
        return arguments;
    }

    private Process spawn() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            return new ProcessBuilder(java, "@" + folder.arguments())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.log().toFile())
                    .start();
        } catch (IOException e) {
            throw new EmbeddedException("java: %s cannot be run (expected: a JDK)".formatted(java), e);
        }
    }

    private void awaitReady(Process started) {
        var ready = false;
        try {
            // First the bare port: an Admin client logs warnings until something listens.
            var ended = Polling.upTo(options.startTimeout())
                    .every(Duration.ofMillis(20))
                    .until(() -> !started.isAlive() || Ports.accepts(port) && describes());
            if (!ended) {
                throw failedStart("was not ready after " + options.startTimeout());
            }
            if (!started.isAlive()) {
                throw failedStart("did not start");
            }
            ready = true;
        } finally {
            if (!ready) {
                started.destroyForcibly();
            }
        }
    }

    private EmbeddedException failedStart(String how) {
        return new EmbeddedException(
                "the embedded broker %s; the end of %s:%n  %s".formatted(how, folder.log(), folder.logTail()));
    }

    private boolean describes() {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers(), "request.timeout.ms", 2_000, "default.api.timeout.ms", 2_000);
        try (var admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
            if (!await(kill, STOP_TIMEOUT) || kill.exitValue() != 0) {
                throw new EmbeddedException("kill -%s %d: failed (expected: a running broker)".formatted(name, pid()));
            }
        } catch (IOException e) {
            throw new EmbeddedException("kill: cannot be run (expected: Linux or macOS)", e);
        }
    }

    /** Waits for a broker whose parent was killed, because it ends a moment later. One whose parent lives is in use. */
    private static void awaitOrphan(BrokerFolder folder) {
        Polling.upTo(ORPHAN_TIMEOUT).every(Duration.ofMillis(50)).until(() -> !folder.inUse() || folder.parentAlive());
        if (folder.inUse()) {
            throw new EmbeddedException(
                    "data: %s is in use by another broker (expected: a folder of its own; stop that one first)"
                            .formatted(folder.path()));
        }
    }

    private static void requireFree(int port) {
        if (!Ports.isFree(port)) {
            throw new EmbeddedException(
                    "port %d: already in use (expected: a free port; stop what listens there or choose another with --kafka-port)"
                            .formatted(port));
        }
    }

    private static boolean await(Process process, Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static EmbeddedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EmbeddedException("interrupted while waiting for the embedded broker", e);
    }
}
