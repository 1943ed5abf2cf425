package ipn.app.command.run;

import ipn.app.ExitCode;
import ipn.app.SettingsSource;
import ipn.app.UserException;
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
import picocli.CommandLine.Option;

/** Runs the demo. */
@Command(
        name = "demo",
        description = "Starts everything on loopback, sends notifications, and prints the result of each.",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn demo", "  ipn demo --exit", "  ipn demo --data /var/tmp/ipn-demo --ingress-port 8088"})
public final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private PortOptions ports = new PortOptions();

    @Option(names = "--exit", description = "Stop after the last step. Default: keep running.")
    private boolean exit;

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var terminal = session.terminal();
        var demo = new Demo(terminal);
        var settings = SettingsSource.builtIn(session.environment()).with(ports.variables());
        terminal.printErr("starting, settings: built-in test accounts");
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

    private void printNextSteps(Stack stack, String subject) {
        var terminal = session.terminal();
        terminal.print("");
        terminal.print("The stack keeps running; Ctrl-C stops it. Try in another terminal:");
        terminal.print("  ./ipn entitlements " + subject + " --history 10");
        terminal.print("  ./ipn send stripe invoice.paid --subject u_42");
        terminal.print("  ./ipn dlq list");
        terminal.print("  ./ipn check");
        Urls.of(stack).lines().stream().skip(1).forEach(line -> terminal.print("  " + line));
    }
}
