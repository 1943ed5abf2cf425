package ipn.app.command.run;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.Session;
import ipn.app.command.Urls;
import ipn.app.output.Terminal.Tone;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.runtime.process.Shutdown;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the embedded stack until it is stopped. */
@Command(
        name = "up",
        description = {
            "Starts the embedded stack, and keeps it running until Ctrl-C.",
            "",
            "The embedded stack is Kafka, a schema registry, a stand-in for the gateways' APIs if the built-in test settings"
                    + " are used, the five stages (ingress, processor, projector, access, query), and PostgreSQL if the settings do not name one, all on"
                    + " 127.0.0.1. Missing topics are created. The settings must not name another Kafka."
        },
        exitCodeList = {
            "1:a part stopped by itself, or a failure",
            ExitCode.WRONG_USAGE_HELP,
            "130, 143:ended by Ctrl-C or SIGTERM"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn up",
            "  ipn up --data /var/tmp/ipn --ingress-port 8088",
            "  ipn up --without query                (needs no PostgreSQL)",
            "  ipn up --without processor --management-port 0",
            "  ipn processor --config built-in     (in another terminal)"
        })
public final class UpCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private PortOptions ports = new PortOptions();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "STAGE",
            description = "Run only these stages, separated by commas: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Stage> only = EnumSet.allOf(Stage.class);

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "STAGE",
            description = "Do not run these stages, separated by commas. Default: none.")
    private Set<Stage> without = EnumSet.noneOf(Stage.class);

    public UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var terminal = session.terminal();
        var stages = EnumSet.noneOf(Stage.class);
        stages.addAll(only);
        stages.removeAll(without);
        var settings = session.settingsOrBuiltIn().with(ports.variables());
        terminal.printErr("starting with "
                + settings.file().map(file -> "the settings of " + file).orElse("the built-in test settings"));
        var stack = Stack.start(new StackPlan(settings, session.data(), stages), new Announcer(terminal::printPart));
        Shutdown.closeAtEnd(stack, terminal::printFailure);
        Urls.of(stack).lines().stream().skip(1).forEach(terminal::print);
        terminal.print(terminal.in(Tone.GOOD, "ready"));
        throw UserException.problem(Shutdown.await(stack.ended()) + " (expected: it runs until Ctrl-C or SIGTERM)");
    }
}
