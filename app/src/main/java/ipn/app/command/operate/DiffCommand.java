package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.diff.DiffReport;
import ipn.app.diff.DiffRun;
import ipn.app.output.DiffCsv;
import ipn.app.output.DiffTable;
import ipn.app.rebuild.RebuildTopics;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares a pipeline with a rebuild of its history. */
@Command(
        name = "diff",
        description = {
            "Compares a pipeline with a rebuild of its history: payments, entitlements, ledger, discrepancies, notifications and dead letters.",
            "",
            "Both are compared as they were when the rebuild began. What begins before its raw records, or has changed since, is counted and not compared."
                    + " Writes nothing."
        },
        exitCodeList = {"0:no difference", "1:differences, or a failure", ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn diff ipn. shadow.",
            "  ipn diff ipn. shadow. --csv differences.csv",
            "  ipn diff ipn. shadow. --json"
        })
public final class DiffCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "LIVE", description = "Prefix of the topics of the pipeline, such as ipn.")
    String live = "";

    @Parameters(
            index = "1",
            paramLabel = "SHADOW",
            description = "Prefix of the topics of the rebuild, such as shadow.")
    String shadow = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Show at most N differences of each kind. Default: ${DEFAULT-VALUE}.")
    int limit;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write all differences to this file.")
    @Nullable
    Path csv;

    public DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var kafka = session.kafka();
        var pipeline = new KafkaSettings(
                kafka.clients(),
                kafka.registry(),
                new TopicCatalogue(
                        live, kafka.topics().partitions(), kafka.topics().replication()));
        var progress = new ProgressBar(session.terminal());
        var run = new DiffRun(pipeline, session.processorId(), session.projectorId(), progress);
        try (var report = run.run(new RebuildTopics(pipeline, shadow))) {
            progress.clear();
            if (csv != null) {
                write(report, csv);
            }
            if (session.json()) {
                DiffTable.printJson(report, session.terminal());
            } else {
                DiffTable.print(report, live, shadow, limit, session.terminal());
            }
            return report.isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
        }
    }

    private static void write(DiffReport report, Path csv) {
        try (var writer = Files.newBufferedWriter(csv)) {
            DiffCsv.write(report, writer);
        } catch (IOException | UncheckedIOException e) {
            throw UserException.usage(
                    "--csv: %s cannot be written (expected: the path of a writable file)".formatted(csv));
        }
    }
}
