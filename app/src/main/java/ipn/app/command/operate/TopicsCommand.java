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
        description =
                "Creates the topics, or compares them with the expected ones. With --acls, 'apply' and 'check' process access control entries (ACLs) instead of topics.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn topics check", "  ipn topics apply --config ipn.yaml", "  ipn topics check --acls"})
public final class TopicsCommand {
    private static final String[] HEADINGS = {"topic", "differs in", "setting", "actual", "expected", ""};

    private final Session session;

    public TopicsCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "apply",
            exitCodeList = {
                "0:all topics (or access control entries) are as expected",
                "1:a difference remains (also an entry that is only listed), or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            description = {
                "Creates missing topics and corrects the configuration of existing ones. Never deletes a topic and never changes its number of partitions.",
                "",
                "With --acls: creates missing access control entries instead, and lists the entries that the ACL file does not contain."
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
                                    "With --acls: delete entries that the ACL file does not contain, provided that they apply to nothing but the pipeline's own topics, groups and transactional ids. Default: only list them.")
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
            exitCodeList = {
                "0:all topics (or access control entries) are as expected",
                "1:a difference found, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            description = {
                "Lists the differences between the existing and the expected topics. Changes nothing.",
                "",
                "With --acls: lists missing access control entries instead, and entries that the ACL file does not contain."
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
            session.terminal().printErr("all topics exist and have the expected settings");
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
