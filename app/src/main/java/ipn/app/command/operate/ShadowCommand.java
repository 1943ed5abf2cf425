package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.ShadowCsv;
import ipn.app.output.ShadowTable;
import ipn.operations.shadow.ShadowReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares this system with another one that runs beside it. */
@Command(
        name = "shadow",
        description = "Compares what accounts in mode shadow would give with another system.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn shadow report --against members.csv", "  ipn shadow report --against topic:legacy.access"})
public final class ShadowCommand {
    private static final String TOPIC = "topic:";

    private final Session session;

    public ShadowCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "report",
            description = {
                "Compares what accounts in mode shadow would give with what another system gives.",
                "",
                "The other system's lines have the columns or fields subject and entitlement, and optionally scope, until and status"
                        + " (active, grace, trialing, past_due, or ended, suspended, expired, canceled, paused, unpaid, inactive)."
                        + " For each difference the report has our reason, the payment that decides, and its money."
            },
            exitCodeList = {
                "0:both give the same",
                "1:a difference or a line that cannot be read, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn shadow report --against members.csv --tolerance PT1H",
                "  ipn shadow report --against members.jsonl --csv differences.csv",
                "  ipn shadow report --against topic:legacy.access --json"
            })
    int report(
            @Option(
                            names = "--against",
                            required = true,
                            paramLabel = "FILE",
                            description =
                                    "What the other system gives: a file (CSV with a header, or lines of JSON), or topic:NAME, whose newest value of each key is an object of JSON.")
                    String against,
            @Option(
                            names = "--tolerance",
                            paramLabel = "DURATION",
                            defaultValue = "PT1H",
                            description =
                                    "How far apart two ends may be that count as the same. Default: ${DEFAULT-VALUE}.")
                    String tolerance,
            @Option(names = "--csv", paramLabel = "FILE", description = "Write all differences to this file.") @Nullable
                    Path csv,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Show at most N differences. Default: ${DEFAULT-VALUE}.")
                    int limit) {
        var isTopic = against.startsWith(TOPIC);
        if (!isTopic && !Files.isRegularFile(Path.of(against))) {
            throw UserException.usage(
                    "--against: %s does not exist (expected: a file, or topic:NAME)".formatted(against));
        }
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var report = new ShadowReport(kafka, Clock.systemUTC().instant(), Duration.parse(tolerance));
        var result = run(report, against, isTopic, progress);
        progress.clear();
        if (csv != null) {
            write(result, csv);
        }
        if (session.json()) {
            session.print(result);
        } else {
            ShadowTable.print(result, session.terminal(), limit);
        }
        return result.agrees() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private static ShadowReport.Result run(ShadowReport report, String against, boolean isTopic, ProgressBar progress) {
        try {
            return isTopic
                    ? report.againstTopic(against.substring(TOPIC.length()), progress)
                    : report.againstFile(Path.of(against), progress);
        } catch (UncheckedIOException e) {
            progress.clear();
            throw UserException.usage("--against: %s cannot be read to its end (expected: a file)".formatted(against));
        }
    }

    private static void write(ShadowReport.Result result, Path csv) {
        try (var writer = Files.newBufferedWriter(csv)) {
            ShadowCsv.write(result.differences(), writer);
        } catch (IOException e) {
            throw UserException.problem(
                    "--csv: %s cannot be written (expected: the path of a writable file)".formatted(csv));
        }
    }
}
