package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.ConservationTable;
import ipn.app.output.Terminal.Tone;
import ipn.operations.conservation.ConservationCheck;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the conservation check. */
@Command(
        name = "check",
        description = {
            "Runs the conservation check: every raw record has exactly one outcome, and every unprocessable record has exactly one dead letter.",
            "",
            "It may run while the stages run: raw records that the processor has not read yet are counted as 'without outcome', which does not make the result unbalanced. Neither does a dead letter that the projector has not written yet."
        },
        exitCodeList = {"0:balanced", "1:not balanced, or a failure", ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {"  ipn check", "  ipn check --json", "  ipn check --config ipn.yaml"})
public final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--processor-id",
            paramLabel = "ID",
            description =
                    "Application id of the processor. Default: application-id in section processor of the settings.")
    @Nullable
    private String processor;

    @Option(
            names = "--projector-id",
            paramLabel = "ID",
            description =
                    "Application id of the projector. Default: application-id in section projector of the settings.")
    @Nullable
    private String projector;

    public CheckCommand(Session session) {
        this.session = session;
    }

    /** The stages whose progress is compared: those of the options, else those of the settings. */
    ConservationCheck.Stages stages() {
        return new ConservationCheck.Stages(
                Optional.ofNullable(processor).orElseGet(session::processorId),
                Optional.ofNullable(projector).orElseGet(session::projectorId));
    }

    @Override
    public Integer call() {
        var stages = stages();
        var kafka = session.kafka();
        var terminal = session.terminal();
        var progress = new ProgressBar(terminal);
        var report = new ConservationCheck(kafka, kafka.serdes(), stages).run(progress);
        progress.clear();
        if (session.json()) {
            session.print(report);
        } else {
            terminal.show(ConservationTable.of(report));
            report.findings()
                    .forEach(finding ->
                            terminal.print(terminal.in(Tone.BAD, finding.kind().toString()) + " " + finding.at() + ": "
                                    + finding.kind().meaning()));
            terminal.print(ConservationTable.summary(report, terminal));
        }
        return report.balanced() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }
}
