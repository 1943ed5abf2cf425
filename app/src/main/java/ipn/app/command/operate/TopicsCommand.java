package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.app.output.Table;
import ipn.operations.topic.TopicAdmin;
import ipn.operations.topic.TopicAdmin.Difference;
import picocli.CommandLine.Command;

/** Topics. */
@Command(
        name = "topics",
        description = "Creates the topics, and compares them with the catalogue.",
        synopsisSubcommandLabel = "COMMAND")
public final class TopicsCommand {
    private static final String[] HEADINGS = {"topic", "differs in", "setting", "actual", "expected", ""};

    private final Session session;

    public TopicsCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "apply",
            description = "Creates topics that are missing, sets settings that differ; never deletes or repartitions.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn topics apply --config ipn.yaml", "  ipn topics apply --json"})
    int apply() {
        var applied = TopicAdmin.apply(session.kafka());
        var table = new Table(HEADINGS);
        applied.corrected().forEach(difference -> add(table, difference, "corrected"));
        applied.remaining().forEach(difference -> add(table, difference, "left as it is"));
        return report(applied, table, applied.remaining().isEmpty());
    }

    @Command(
            name = "check",
            description = "Says where topics differ from the catalogue; changes nothing.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn topics check --config ipn.yaml", "  ipn topics check --json"})
    int check() {
        var differences = TopicAdmin.check(session.kafka());
        var table = new Table(HEADINGS);
        differences.forEach(difference -> add(table, difference, difference.correctable() ? "can be applied" : ""));
        return report(differences, table, differences.isEmpty());
    }

    private int report(Object result, Table table, boolean fine) {
        session.show(result, () -> table);
        if (fine) {
            session.terminal().complain("the topics are as the catalogue wants them");
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
