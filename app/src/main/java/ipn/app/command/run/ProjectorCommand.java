package ipn.app.command.run;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.projector.ProjectorMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the projector in this process. */
@Command(
        name = "projector",
        description = {
            "Runs the projector: reads outcomes and orders, and emits entitlements, user notifications, discrepancies,"
                    + " ledger entries and dead letters.",
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
            "  ipn projector --config ipn.yaml",
            "  IPN_MANAGEMENT_PORT=0 ipn projector --config built-in",
            "      (while 'ipn up --without projector' runs)"
        })
public final class ProjectorCommand implements Callable<Integer> {
    private final Session session;

    public ProjectorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new StageRun(session).run(ProjectorMain.STAGE);
    }
}
