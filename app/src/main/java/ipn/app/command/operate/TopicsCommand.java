package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.app.output.Table;
import ipn.operations.topic.TopicAdmin;
import ipn.operations.topic.TopicAdmin.Difference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates and checks topics and access control entries. */
@Command(
        name = "topics",
        description = "Creates the topics and who may use them, or compares them with the catalogue.",
        synopsisSubcommandLabel = "COMMAND")
public final class TopicsCommand {
    private static final String[] HEADINGS = {"topic", "differs in", "setting", "actual", "expected", ""};

    private final Session session;

    public TopicsCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "apply",
            description = {
                "Creates missing topics and corrects settings that differ; never deletes or repartitions a topic.",
                "With --acls: creates missing access control entries instead, and lists those beyond the file."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn topics apply --config ipn.yaml",
                "  ipn topics apply --json",
                "  ipn topics apply --acls --principal ingress=User:CN=ingress",
                "  ipn topics apply --acls --acl-file my-acls.yaml --delete-extra"
            })
    int apply(
            @Mixin AclOptions acls,
            @Option(
                            names = "--delete-extra",
                            description =
                                    "With --acls: deletes entries beyond the file that concern nothing but the pipeline. Default: only lists them.")
                    boolean deleteExtra) {
        acls.requireAcls(deleteExtra, "--delete-extra");
        if (acls.acls) {
            return new AclReport(session).apply(acls.file(), deleteExtra);
        }
        var applied = TopicAdmin.apply(session.kafka());
        var table = new Table(HEADINGS);
        applied.corrected().forEach(difference -> add(table, difference, "corrected"));
        applied.remaining().forEach(difference -> add(table, difference, "not corrected"));
        return report(applied, table, applied.remaining().isEmpty());
    }

    @Command(
            name = "check",
            description = {
                "Lists differences between the topics and the catalogue; changes nothing.",
                "With --acls: lists access control entries that are missing or beyond the file instead."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  ipn topics check --config ipn.yaml", "  ipn topics check --json", "  ipn topics check --acls"})
    int check(@Mixin AclOptions acls) {
        acls.requireAcls(false, "");
        if (acls.acls) {
            return new AclReport(session).check(acls.file());
        }
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
