package ipn.app.command.run;

import ipn.access.AccessMain;
import ipn.app.ExitCode;
import ipn.app.command.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the access service in this process. */
@Command(
        name = "access",
        description = {
            "Runs the access service: follows the topic ipn.entitlement-state, and answers over HTTP whether a user may use an"
                    + " entitlement now.",
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
            "  ipn access --config ipn.yaml",
            "  IPN_MANAGEMENT_PORT=0 ipn access --config built-in",
            "      (while 'ipn up --without access' runs)"
        })
public final class AccessCommand implements Callable<Integer> {
    private final Session session;

    public AccessCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new StageRun(session).run(AccessMain.STAGE);
    }
}
