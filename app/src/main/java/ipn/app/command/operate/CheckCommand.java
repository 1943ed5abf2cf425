package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.ConservationTable;
import ipn.app.output.Terminal.Tone;
import ipn.operations.conservation.ConservationCheck;
import ipn.processor.ProcessorStage;
import ipn.projector.ProjectorStage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the conservation check. */
@Command(
        name = "check",
        description =
                "Checks that every raw record has exactly one outcome, and every unprocessable one exactly one dead letter.",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn check", "  ipn check --json", "  ipn check --config ipn.yaml"})
public final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--processor-id",
            paramLabel = "ID",
            defaultValue = ProcessorStage.APPLICATION_ID,
            description = "Application id of the processor. Default: ${DEFAULT-VALUE}.")
    private String processor = ProcessorStage.APPLICATION_ID;

    @Option(
            names = "--projector-id",
            paramLabel = "ID",
            defaultValue = ProjectorStage.APPLICATION_ID,
            description = "Application id of the projector. Default: ${DEFAULT-VALUE}.")
    private String projector = ProjectorStage.APPLICATION_ID;

    public CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var kafka = session.kafka();
        var terminal = session.terminal();
        var stages = new ConservationCheck.Stages(processor, projector);
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
