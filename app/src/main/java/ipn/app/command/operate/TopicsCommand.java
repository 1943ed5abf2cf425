package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.app.output.Table;
import ipn.operations.topic.TopicAdmin;
import ipn.operations.topic.TopicAdmin.Difference;
import picocli.CommandLine.Command;

/** Creates and checks topics. */
@Command(
        name = "topics",
        description = "Creates the topics, or compares them with the catalogue.",
        synopsisSubcommandLabel = "COMMAND")
public final class TopicsCommand {
    private static final String[] HEADINGS = {"topic", "differs in", "setting", "actual", "expected", ""};

    private final Session session;

    public TopicsCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "apply",
            description =
                    "Creates missing topics and corrects settings that differ; never deletes or repartitions a topic.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn topics apply --config ipn.yaml", "  ipn topics apply --json"})
    int apply() {
        var applied = TopicAdmin.apply(session.kafka());
        var table = new Table(HEADINGS);
        applied.corrected().forEach(difference -> add(table, difference, "corrected"));
        applied.remaining().forEach(difference -> add(table, difference, "not corrected"));
        return report(applied, table, applied.remaining().isEmpty());
    }

    @Command(
            name = "check",
            description = "Lists differences between the topics and the catalogue; changes nothing.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn topics check --config ipn.yaml", "  ipn topics check --json"})
    int check() {
        var differences = TopicAdmin.check(session.kafka());
        var table = new Table(HEADINGS);
        differences.forEach(
                difference -> add(table, difference, difference.correctable() ? "'ipn topics apply' corrects it" : ""));
        return report(differences, table, differences.isEmpty());
    }

    private int report(Object result, Table table, boolean fine) {
        session.show(result, () -> table);
        if (fine) {
            session.terminal().printErr("all topics match the catalogue");
        }
        return fine ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private static void add(Table table, Difference difference, String note) {
        table.row(
                difference.topic(),
                difference.kind().name(),
                difference.setting(),
                difference.actual(),
                difference.expected(),
                note);
    }
}
