package ipn.bench.results;

import ipn.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench report}: the page of results, from the files that benchmarks wrote. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Writes a Markdown page with plots from the JSON files that other benchmarks wrote. The plots and the JSON files are"
                        + " in the folder 'results' beside the page.",
        footer = {
            "",
            "Examples:",
            "  ipn bench report benchmarks/results/*.json",
            "  ipn bench report ingress.json pipeline.json --page build/RESULTS.md"
        })
public final class ReportCommand implements Callable<Integer> {
    private static final String FOLDER = "results";
    private static final String SUFFIX = ".json";

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "A file that a benchmark wrote with --json. The page has the results in this order.")
    private List<Path> files = List.of();

    @Option(names = "--page", paramLabel = "FILE", description = "The page to write. Default: ${DEFAULT-VALUE}.")
    private Path page = Path.of("benchmarks", "RESULTS.md");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var sources = new LinkedHashMap<String, BenchResult>();
        for (var file : files) {
            var name = file.getFileName().toString();
            var base = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
            if (sources.put(base, read(file)) != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "%s: the name occurs twice (expected: files with different names)".formatted(name));
            }
        }
        var folder = page.toAbsolutePath().resolveSibling(FOLDER);
        Files.createDirectories(folder);
        var content = new ResultsPage(sources, FOLDER);
        for (var file : files) {
            var copy = folder.resolve(file.getFileName());
            if (!Files.exists(copy) || !Files.isSameFile(file, copy)) {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (var plot : content.plots().entrySet()) {
            Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
        }
        Files.writeString(page, content.markdown());
        System.out.printf(
                "%s: %d results, %d plots in %s%n",
                page, sources.size(), content.plots().size(), folder);
        return ExitCode.DONE;
    }

    private BenchResult read(Path file) {
        try {
            return BenchResult.read(file);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s: %s (expected: a file that a benchmark wrote with --json)".formatted(file, firstLine(e)));
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }
}
