package ipn.bench.measure;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which processors of the machine servers and load may use. If both use all, the load takes from the servers what it needs itself: at the end of their
 * capacity, the figures depend on the cost of the load generator.
 *
 * @param servers words before the command of a server
 * @param load words before the command of the load
 */
public record Processors(List<String> servers, List<String> load) {
    /** All for both. */
    public static final Processors SHARED = new Processors(List.of(), List.of());

    public Processors {
        servers = List.copyOf(servers);
        load = List.copyOf(load);
    }

    /**
     * The last processors for the load, the others for the servers.
     *
     * @param forLoad how many; 0: all are shared
     * @throws IllegalArgumentException if none would be left for the servers, or this system has no {@code taskset}
     */
    public static Processors split(int forLoad) {
        var all = Runtime.getRuntime().availableProcessors();
        if (forLoad == 0) {
            return SHARED;
        }
        if (forLoad < 0 || forLoad >= all) {
            throw new IllegalArgumentException(
                    "processors of the load: %d (expected: 0 to %d)".formatted(forLoad, all - 1));
        }
        if (!available()) {
            throw new IllegalArgumentException(
                    "taskset: missing (expected: Linux with util-linux, or 0 processors of its own for the load)");
        }
        return new Processors(bound(0, all - forLoad), bound(all - forLoad, all));
    }

    private static List<String> bound(int from, int until) {
        return List.of(
                "taskset",
                "--cpu-list",
                IntStream.range(from, until).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    }

    private static boolean available() {
        try {
            return new ProcessBuilder("taskset", "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
