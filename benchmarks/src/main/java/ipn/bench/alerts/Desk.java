package ipn.bench.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where a person mends faults: a folder with the alerts that fire, the command {@code ipn}, and a way to ask the owners of other things. */
final class Desk {
    private static final Duration LOOKED = Duration.ofSeconds(1);

    private final DeskFiles files;
    private final Scene scene;
    private final PrometheusServer prometheus;
    private int read;

    private Desk(DeskFiles files, Scene scene, PrometheusServer prometheus) {
        this.files = files;
        this.scene = scene;
        this.prometheus = prometheus;
    }

    /** Makes the folder. */
    static Desk open(Path folder, Scene scene, PrometheusServer prometheus) throws IOException {
        var files = new DeskFiles(folder);
        files.write(scene);
        System.err.println("a person mends what alerts name; begin with " + folder.resolve("README"));
        return new Desk(files, scene, prometheus);
    }

    /**
     * Waits until a person says that a fault is over, and lets owners answer meanwhile. What was typed is noted.
     *
     * @return whether that was said in time
     */
    boolean untilOver(AlertFault fault, Duration patience) throws InterruptedException, IOException {
        var deadline = System.nanoTime() + patience.toNanos();
        var over = look(fault);
        while (!over && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOKED.toMillis());
            over = look(fault);
        }
        Files.writeString(files.alerts(), ""); // until the next fault is noticed
        for (var line : typed()) {
            scene.transcript().did("`%s`".formatted(line));
        }
        return over;
    }

    /** Whether a person has said that it is over. */
    private boolean look(AlertFault fault) throws IOException, InterruptedException {
        Files.writeString(files.alerts(), String.join("\n", prometheus.pages()));
        scene.startEnded();
        var over = false;
        for (var asked : asked()) {
            var owner = asked.getFileName().toString();
            Files.delete(asked);
            over |= owner.equals(DeskFiles.OVER);
            Files.writeString(files.answers().resolve(owner), answer(owner, fault) + "\n");
        }
        return over;
    }

    private String answer(String asked, AlertFault fault) throws IOException, InterruptedException {
        if (asked.equals(DeskFiles.OVER)) {
            return "noted";
        }
        var owner = fault.owner().filter(each -> each.name().equals(asked));
        if (owner.isPresent()) {
            fault.end(scene);
        }
        return owner.map(AlertFault.Owner::answer).orElse("all is well here");
    }

    private List<Path> asked() throws IOException {
        try (Stream<Path> files = Files.list(this.files.asked())) {
            return files.toList();
        }
    }

    /** The lines since the last call. */
    private List<String> typed() throws IOException {
        var all = Files.readAllLines(files.typed());
        var more = all.subList(read, all.size());
        read = all.size();
        return List.copyOf(more);
    }
}
