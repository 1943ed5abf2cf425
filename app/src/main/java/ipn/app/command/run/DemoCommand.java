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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The demo. */
@Command(
        name = "demo",
        description =
                "Starts everything on loopback and plays a day of payments: each line what came in and what came of it.",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn demo", "  ipn demo --exit", "  ipn demo --data /var/tmp/ipn-demo --ingress-port 8088"})
public final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private PortOptions ports = new PortOptions();

    @Option(names = "--exit", description = "End after the last step, instead of staying up.")
    private boolean exit;

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var terminal = session.terminal();
        var demo = new Demo(terminal);
        var settings = SettingsSource.builtIn(session.environment()).with(ports.variables());
        terminal.complain("starting, settings: built-in test accounts");
        var stack = demo.start(settings, session.data(), new Announcer(terminal::mutter));
        Shutdown.closeAtEnd(stack, terminal);
        terminal.say(terminal.in(Tone.GOOD, "ready"));
        var told = demo.tell(stack);
        terminal.say("");
        terminal.say(
                told.asTold()
                        ? terminal.in(Tone.GOOD, "All steps finished as expected.")
                        : terminal.in(Tone.BAD, "Some steps did not finish as expected."));
        if (exit) {
            stack.close();
            return told.asTold() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
        }
        goOn(stack, told.subject());
        throw UserException.problem(Shutdown.await(stack.ended()) + " (expected: to run until it is stopped)");
    }

    private void goOn(Stack stack, String subject) {
        var terminal = session.terminal();
        terminal.say("");
        terminal.say("It stays up. Go on in another terminal; Ctrl-C here ends it:");
        terminal.say("  ./ipn entitlements " + subject + " --history 10");
        terminal.say("  ./ipn send stripe invoice.paid --subject u_42");
        terminal.say("  ./ipn dlq list");
        terminal.say("  ./ipn check");
        Urls.of(stack).lines().stream().skip(1).forEach(line -> terminal.say("  " + line));
    }
}
