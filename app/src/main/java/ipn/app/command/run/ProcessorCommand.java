package ipn.app.command.run;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.processor.ProcessorMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the processor in this process. */
@Command(
        name = "processor",
        description = {
            "Runs the processor: reads raw records from the topic ipn.raw, and emits outcomes and payment state.",
            "",
            "Requires a running Kafka: the one that the settings name or, if they name none, that of the stack that runs on --data."
        },
        exitCodeList = {
            "1:a part stopped by itself, or a failure",
            ExitCode.WRONG_USAGE_HELP,
            "130, 143:ended by Ctrl-C or SIGTERM"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn processor --config ipn.yaml",
            "  IPN_MANAGEMENT_PORT=0 ipn processor --config built-in",
            "      (while 'ipn up --without processor' runs)"
        })
public final class ProcessorCommand implements Callable<Integer> {
    private final Session session;

    public ProcessorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new StageRun(session).run(ProcessorMain.STAGE);
    }
}
