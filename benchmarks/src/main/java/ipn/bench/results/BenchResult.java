package ipn.bench.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.bench.compare.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The result of one run of a benchmark, as it is written to a JSON file.
 *
 * @param benchmark name of the command
 * @param title what was measured, in a few words
 * @param description what was compared, and how
 * @param options those of the run, defaults included
 * @param detail everything else, by round
 * @param differences from what was expected; empty: none
 */
public record BenchResult(
        String benchmark,
        String title,
        String description,
        RunInfo run,
        Map<String, Object> options,
        List<Figure> figures,
        List<Chart> charts,
        Map<String, Object> detail,
        List<String> differences) {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    public BenchResult {
        figures = List.copyOf(figures);
        charts = List.copyOf(charts);
        differences = List.copyOf(differences);
    }

    /** Writes the file, and its folder if that is missing. */
    public void write(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    }

    /** @throws IOException if the file cannot be read or is not the result of a benchmark */
    public static BenchResult read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), BenchResult.class);
    }
}
