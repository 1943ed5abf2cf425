package ipn.app.command.run;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.ingress.IngressMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the ingress in this process. */
@Command(
        name = "ingress",
        description = {
            "Runs the ingress: receives notifications over HTTP, and writes the authentic ones to the topic ipn.raw.",
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
            "  ipn ingress --config ipn.yaml",
            "  IPN_MANAGEMENT_PORT=0 ipn ingress --config built-in",
            "      (while 'ipn up --without ingress' runs)"
        })
public final class IngressCommand implements Callable<Integer> {
    private final Session session;

    public IngressCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new StageRun(session).run(IngressMain.STAGE);
    }
}
