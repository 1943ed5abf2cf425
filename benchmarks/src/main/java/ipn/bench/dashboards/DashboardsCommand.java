package ipn.bench.dashboards;

import ipn.app.ExitCode;
import ipn.bench.dashboards.Board.Panel;
import ipn.bench.dashboards.Shown.Named;
import ipn.bench.plot.Band;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench dashboards}: the dashboards as pages, without Grafana. */
@Command(
        name = "dashboards",
        mixinStandardHelpOptions = true,
        description = {
            "Draws the dashboards for Grafana as pages, one HTML file each, with the numbers of a running Prometheus.",
            "",
            "Each query of each panel is sent to Prometheus. Variables have all their values. A panel without a value says so."
        },
        exitCodeList = {
            "0:each query has an answer, perhaps without a value",
            "1:a query failed; the panel and the output say why",
            ExitCode.WRONG_USAGE_HELP,
            "3:Prometheus does not answer"
        },
        footer = {
            "",
            "Examples:",
            "  ipn bench dashboards",
            "  ipn bench dashboards --prometheus http://127.0.0.1:9090 --range PT6H --out build/dashboards",
            "  ipn bench dashboards --at 2026-11-30T12:00:00Z --range PT30M"
        })
public final class DashboardsCommand implements Callable<Integer> {
    private static final String NOW = "now";

    @Option(names = "--prometheus", paramLabel = "URL", description = "Default: ${DEFAULT-VALUE}.")
    private URI prometheus = URI.create("http://127.0.0.1:9090");

    @Option(
            names = "--dashboards",
            paramLabel = "FOLDER",
            description = "The files that Grafana imports. Default: ${DEFAULT-VALUE}.")
    private Path dashboards = Path.of("deploy", "dashboards");

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The end of the time that is shown, such as 2026-11-30T12:00:00Z. Default: now.")
    private String at = NOW;

    @Option(
            names = "--range",
            paramLabel = "DURATION",
            description = "How much time is shown, such as PT6H. Default: ${DEFAULT-VALUE}.")
    private Duration range = Duration.ofMinutes(30);

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the pages go. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("dashboards");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (range.toSeconds() < 1) {
            throw new ParameterException(spec.commandLine(), "--range: %s (expected: PT1S or longer)".formatted(range));
        }
        var window = Window.until(end(), range);
        var api = new PrometheusApi(prometheus);
        var failures = 0;
        Files.createDirectories(out);
        for (var board : boards()) {
            try {
                failures += draw(api, board, window);
            } catch (IOException e) {
                System.err.printf("%s: no answer (expected: a running Prometheus): %s%n", prometheus, e);
                return ExitCode.NO_ANSWER;
            }
        }
        return failures == 0 ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private Instant end() {
        try {
            return at.equals(NOW) ? Instant.now() : Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--at: %s (expected: now, or a time such as 2026-11-30T12:00:00Z)".formatted(at),
                    e);
        }
    }

    private List<Board> boards() {
        try {
            return BoardFile.all(dashboards);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s: %s (expected: a folder with dashboards of Grafana)".formatted(dashboards, e.getMessage()),
                    e);
        }
    }

    /** How many queries failed. */
    private int draw(PrometheusApi api, Board board, Window window) throws IOException, InterruptedException {
        var shown = new ArrayList<Shown>();
        for (var panel : board.panels()) {
            shown.add(ask(api, board, panel, window));
        }
        var page = out.resolve(board.name() + ".html");
        Files.writeString(page, Page.html(board, window, shown, marked(api, board, window)));
        var failed = shown.stream().mapToInt(each -> each.failures().size()).sum();
        System.out.printf(
                "%s: %d panels, %d without a value, %d failed queries%n",
                page,
                shown.size(),
                shown.stream().filter(each -> !each.hasValue()).count(),
                failed);
        shown.forEach(each -> each.failures()
                .forEach(why -> System.out.printf("  %s: %s%n", each.panel().title(), why)));
        return failed;
    }

    private static Shown ask(PrometheusApi api, Board board, Panel panel, Window window)
            throws IOException, InterruptedException {
        var series = new ArrayList<Named>();
        var failures = new ArrayList<String>();
        for (var target : panel.targets()) {
            var query = window.filled(target.expression(), board.variables());
            var answer = target.instant() ? api.at(window, query) : api.over(window, query);
            if (answer instanceof Answer.Found found) {
                found.series().forEach(each -> series.add(new Named(each.name(target.legend()), each)));
            } else if (answer instanceof Answer.Failed failed) {
                failures.add("%s (query: %s)".formatted(failed.why(), query));
            }
        }
        return new Shown(panel, series, failures);
    }

    /** None of a query that fails: what it marks is on a panel too. */
    private static List<Band> marked(PrometheusApi api, Board board, Window window)
            throws IOException, InterruptedException {
        var bands = new ArrayList<Band>();
        for (var mark : board.marks()) {
            var query = window.filled(mark.expression(), board.variables());
            if (api.over(window, query) instanceof Answer.Found found) {
                bands.addAll(AlertBands.of(mark, found.series(), window.step()));
            }
        }
        return bands;
    }
}
