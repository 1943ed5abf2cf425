package ipn.app.command;

import ipn.app.ExitCode;
import ipn.app.output.Table;
import ipn.operations.TopicAdmin;
import ipn.operations.TopicDifference;
import java.util.List;
import picocli.CommandLine.Command;

/** Topics. */
@Command(
        name = "topics",
        description = "Creates the topics, and compares them with the catalogue.",
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand {
    private final Session session;

    TopicsCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "apply",
            description = "Creates topics that are missing, sets settings that differ; never deletes or repartitions.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn topics apply --config ipn.yaml", "  ipn topics apply --json"})
    int apply() {
        return report(TopicAdmin.apply(session.kafka()), "Topics are as the catalogue wants them.");
    }

    @Command(
            name = "check",
            description = "Says where topics differ from the catalogue; changes nothing.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn topics check --config ipn.yaml", "  ipn topics check --json"})
    int check() {
        return report(TopicAdmin.check(session.kafka()), "Topics are as the catalogue wants them.");
    }

    private int report(List<TopicDifference> differences, String fine) {
        if (session.json()) {
            session.print(differences);
        } else if (differences.isEmpty()) {
            session.terminal().say(fine);
        } else {
            session.terminal().show(table(differences));
        }
        return differences.stream().allMatch(TopicDifference::mended) ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private static Table table(List<TopicDifference> differences) {
        var table = new Table("topic", "what", "actual", "expected", "");
        differences.forEach(difference -> table.row(
                difference.topic(),
                difference.what(),
                difference.actual(),
                difference.expected(),
                difference.mended() ? "mended" : ""));
        return table;
    }
}
