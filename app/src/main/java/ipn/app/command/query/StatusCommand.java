package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.RunningStack;
import ipn.app.UserException;
import ipn.app.command.Session;
import ipn.app.output.StatusText;
import ipn.app.output.Terminal;
import ipn.app.status.PipelineStatus;
import ipn.app.status.Scrape;
import ipn.app.status.Scraper;
import ipn.app.status.StatusRules;
import ipn.runtime.management.ManagementConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows on one screen whether the pipeline is well. */
@Command(
        name = "status",
        description = {
            "Shows on one screen whether the pipeline is well: each stage, each account, what waits, how long it takes, and what is wrong.",
            "",
            "It asks the management ports of the stages for their metrics twice, and shows what happened between. p50 and p99 are upper bounds: of the"
                    + " requests (ingress), from the request to the outcome (processor), and from there on to the change of access (projector). Without traffic they are those since the start."
        },
        exitCodeList = {
            "0:all is well",
            "1:something is wrong, or a failure",
            ExitCode.WRONG_USAGE_HELP,
            "3:no management port answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn status",
            "  ipn status --watch",
            "  ipn status --url http://host1:9464 --url http://host2:9464",
            "  ipn status --json"
        })
public final class StatusCommand implements Callable<Integer> {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration WATCHED = Duration.ofSeconds(2);

    private final Session session;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Management port of a stage, such as http://processor:9464. Can be repeated. Default: that of the stack that runs on --data, else port 9464 of this machine, or of section management of the settings.")
    private List<URI> urls = List.of();

    @Option(names = "--watch", description = "Show it again every two seconds, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--all", description = "Show accounts without a request too.")
    private boolean all;

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var scraper = new Scraper(addresses(), Clock.systemUTC());
        var before = first(scraper);
        pause(BETWEEN);
        var now = scraper.scrape();
        var status = show(before, now);
        while (watch) {
            pause(WATCHED);
            before = now;
            now = scraper.scrape();
            status = show(before, now);
        }
        return status.isWell() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private List<URI> addresses() {
        return urls.isEmpty()
                ? List.of(RunningStack.find(session.data())
                        .flatMap(RunningStack::managementUrl)
                        .orElseGet(this::ofSettings))
                : urls;
    }

    private URI ofSettings() {
        var management = ManagementConfig.from(session.settingsOrBuiltIn().read());
        return URI.create("http://127.0.0.1:" + management.port());
    }

    private static Scrape first(Scraper scraper) {
        var first = scraper.scrape();
        if (first.ready().isEmpty()) {
            throw UserException.noAnswer(
                    first.silent().stream().map(URI::toString).collect(Collectors.joining(", "))
                            + ": no answer (expected: the management port of a running stage; start everything with ./ipn up, or name the ports with --url)");
        }
        return first;
    }

    private PipelineStatus show(Scrape before, Scrape now) {
        var status = StatusRules.status(before, now);
        if (session.json()) {
            session.print(status);
        } else {
            print(session.terminal(), status);
        }
        return status;
    }

    private void print(Terminal terminal, PipelineStatus status) {
        if (watch) {
            terminal.clear();
        }
        terminal.print(StatusText.heading(status));
        terminal.print("");
        terminal.show(StatusText.stages(status));
        terminal.print("");
        if (all || StatusText.isAnyUsed(status)) {
            terminal.show(StatusText.accounts(status, all));
            terminal.print("");
        }
        StatusText.remarks(status, terminal.columns()).forEach(terminal::print);
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
