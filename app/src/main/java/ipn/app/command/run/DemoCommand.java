package ipn.app.command.run;

import ipn.app.ExitCode;
import ipn.app.SettingsSource;
import ipn.app.UserException;
import ipn.app.command.IpnCommand;
import ipn.app.command.Session;
import ipn.app.command.Urls;
import ipn.app.demo.Demo;
import ipn.app.output.Terminal.Tone;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.runtime.process.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the demo. */
@Command(
        name = "demo",
        description = {
            "Starts the embedded stack, sends simulated notifications, and prints the result of each.",
            "",
            "The embedded stack is Kafka, a schema registry, a stand-in for the gateways' APIs and the three stages (ingress,"
                    + " processor, projector), all on 127.0.0.1. The demo always uses the built-in test settings: it does"
                    + " not read ipn.yaml, and accepts no other value of --config than 'built-in'."
        },
        exitCodeList = {
            "0:with --exit: all steps finished as expected",
            "1:a step did not finish as expected, a part stopped by itself, or a failure",
            ExitCode.WRONG_USAGE_HELP,
            "130, 143:ended by Ctrl-C or SIGTERM"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ipn demo", "  ipn demo --exit", "  ipn demo --data /var/tmp/ipn-demo --ingress-port 8088"})
public final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private PortOptions ports = new PortOptions();

    @Option(names = "--exit", description = "Stop everything after the last step. Default: keep running until Ctrl-C.")
    private boolean exit;

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        requireNoConfig();
        var terminal = session.terminal();
        var demo = new Demo(terminal);
        var settings = SettingsSource.builtIn(session.environment()).with(ports.variables());
        terminal.printErr("starting with the built-in test settings");
        var stack = demo.start(settings, session.data(), new Announcer(terminal::printPart));
        Shutdown.closeAtEnd(stack, terminal::printFailure);
        terminal.print(terminal.in(Tone.GOOD, "ready"));
        var result = demo.run(stack);
        terminal.print("");
        terminal.print(
                result.asExpected()
                        ? terminal.in(Tone.GOOD, "All steps finished as expected.")
                        : terminal.in(Tone.BAD, "Some steps did not finish as expected."));
        if (exit) {
            stack.close();
            return result.asExpected() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
        }
        printNextSteps(stack, result.subject());
        throw UserException.problem(Shutdown.await(stack.ended()) + " (expected: it runs until Ctrl-C or SIGTERM)");
    }

    /** A settings file that the environment names is not an error, because it is meant for other commands. */
    private void requireNoConfig() {
        // the option may stand before or after the name of the command
        for (var spec = command; spec != null; spec = spec.parent()) {
            var given = spec.commandLine().getParseResult().matchedOptionValue("--config", SettingsSource.BUILT_IN);
            if (!given.equals(SettingsSource.BUILT_IN)) {
                throw UserException.usage(
                        "--config: %s cannot be used, because the demo requires the built-in test settings (expected: no --config; './ipn up --config %s' runs these settings)"
                                .formatted(given, given));
            }
        }
    }

    private void printNextSteps(Stack stack, String subject) {
        var terminal = session.terminal();
        terminal.print("");
        terminal.print("The stack keeps running until Ctrl-C. Commands to try in another terminal:");
        var folder = session.data().equals(IpnCommand.DEFAULT_DATA) ? "" : " --data " + session.data();
        terminal.print("  ./ipn entitlements " + subject + " --history 10" + folder);
        terminal.print("  ./ipn send stripe invoice.paid --subject u_42" + folder);
        terminal.print("  ./ipn dlq list" + folder);
        terminal.print("  ./ipn check" + folder);
        terminal.print("Addresses:");
        Urls.of(stack).lines().stream().skip(1).forEach(line -> terminal.print("  " + line));
    }
}
