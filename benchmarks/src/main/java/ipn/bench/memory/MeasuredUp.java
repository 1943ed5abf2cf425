package ipn.bench.memory;

import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.bench.load.LoopbackSettings;
import ipn.bench.load.StageProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code ipn up} as people start it: by the launcher, all stages in one JVM, and a broker in another. */
final class MeasuredUp implements AutoCloseable {
    private final Path data;
    private final String launcher;
    private final Map<String, String> environment;
    private final int port;
    private final List<Double> startSeconds = new ArrayList<>();
    private StageProcess process;

    private MeasuredUp(Path data, String launcher, int port) throws IOException, InterruptedException {
        this.data = data;
        this.launcher = launcher;
        this.port = port;
        this.environment = new LoopbackSettings(port).environment();
        this.process = start();
    }

    /** Starts it, and waits until it is ready. */
    static MeasuredUp start(Path data, String launcher, int port) throws IOException, InterruptedException {
        return new MeasuredUp(data, launcher, port);
    }

    private StageProcess start() throws IOException, InterruptedException {
        var began = System.nanoTime();
        var started = StageProcess.start(
                "up-" + (startSeconds.size() + 1),
                data,
                environment,
                List.of(
                        launcher,
                        "--config",
                        "built-in",
                        "--data",
                        data.resolve("up").toString(),
                        "up"));
        started.awaitOutput("ready");
        startSeconds.add((System.nanoTime() - began) / 1e9);
        return started;
    }

    /** Stops it, and starts it again with the same data. */
    void restart() throws IOException, InterruptedException {
        process.close();
        process = start();
    }

    /** From each start until ready; the first with empty data. */
    List<Double> startSeconds() {
        return startSeconds;
    }

    IpnConfig settings() {
        return IpnConfig.from(source().read(), Path.of("data"));
    }

    SettingsSource source() {
        return SettingsSource.builtIn(environment);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its process and all that it has started. */
    Map<String, Long> processIds() {
        var ids = new TreeMap<String, Long>();
        ids.put("up", process.pid());
        ProcessHandle.of(process.pid())
                .ifPresent(root -> root.descendants()
                        .forEach(child ->
                                ids.put(ids.containsKey("broker") ? "child " + child.pid() : "broker", child.pid())));
        return ids;
    }

    @Override
    public void close() {
        process.close();
    }
}
