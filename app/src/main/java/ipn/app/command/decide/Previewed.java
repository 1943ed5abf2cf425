package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.command.Consent;
import ipn.app.command.Session;
import ipn.avro.Decision;
import ipn.key.Sha256;
import ipn.operations.decision.DecisionWriter;
import java.util.List;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Option;

/** Shows what would be decided and asks for confirmation, before a decision is written. The same for all commands that decide. */
final class Previewed {
    @Option(names = "--dry-run", description = "Show what would be decided, but write nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    /** What would be decided: what is shown before it is. */
    record Preview(Decision decision, List<String> preview) {}

    /** Called first, so that nothing is read for a question that cannot be answered. */
    void requireAnswer(Session session, String command) {
        if (!dryRun) {
            new Consent(session.terminal(), yes).requireConsole(command, session.json());
        }
    }

    /**
     * Shows the preview, and writes the decision with its digest if the user confirms. With {@code --json} nothing is shown before, and the
     * decision says so.
     *
     * @return the exit code
     */
    int decide(Session session, Decision.Builder draft, List<String> preview, ToIntFunction<Decision> write) {
        var terminal = session.terminal();
        var decision = draft.setShown(session.json() ? null : Sha256.hex(String.join("\n", preview)))
                .build();
        DecisionWriter.verify(decision);
        if (!session.json()) {
            preview.forEach(terminal::print);
        }
        if (dryRun) {
            if (session.json()) {
                session.print(new Preview(decision, preview));
            } else {
                terminal.print("dry run: nothing was written");
            }
            return ExitCode.DONE;
        }
        if (!new Consent(terminal, yes).given("record this decision")) {
            terminal.printErr("not confirmed: nothing was written");
            return ExitCode.FOUND_PROBLEMS;
        }
        return write.applyAsInt(decision);
    }
}
