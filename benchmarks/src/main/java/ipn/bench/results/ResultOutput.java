package ipn.bench.results;

import ipn.app.ExitCode;
import ipn.bench.measure.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a benchmark ends: with a file where {@code --json} asks for it, tables, and the differences from what was expected. */
public final class ResultOutput {
    private static final int PRINTED_MAX = 20;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the report to a file, as JSON.")
    private Optional<Path> json = Optional.empty();

    /**
     * Writes and prints a result, and deletes the data unless there are differences to look into.
     *
     * @param tables lines to print before the differences
     * @return the exit code
     */
    public int finish(BenchResult result, List<String> tables, Path data) throws IOException {
        if (json.isPresent()) {
            result.write(json.get());
        }
        tables.forEach(System.out::println);
        var differences = result.differences();
        System.out.printf("differences: %s%n", Integer.toString(differences.size()));
        differences.stream().limit(PRINTED_MAX).forEach(System.out::println);
        if (!differences.isEmpty()) {
            return ExitCode.FOUND_PROBLEMS;
        }
        DataFolder.delete(data);
        return ExitCode.DONE;
    }
}
