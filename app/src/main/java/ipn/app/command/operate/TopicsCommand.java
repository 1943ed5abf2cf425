package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.operations.topic.TopicAdmin;
import ipn.operations.topic.TopicAdmin.Difference;
import java.util.List;
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
        var applied = TopicAdmin.apply(session.broker());
        return report().applied(applied, applied.corrected(), applied.remaining());
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
        return report().checked(TopicAdmin.check(session.broker()), Difference::correctable);
    }

    private DifferenceReport<Difference> report() {
        return new DifferenceReport<>(
                session,
                "all topics exist and have the expected settings",
                "ipn topics apply",
                List.of("topic", "differs in", "setting", "actual", "expected"),
                difference -> List.of(
                        difference.topic(),
                        difference.kind().name(),
                        difference.setting(),
                        difference.actual(),
                        difference.expected()));
    }
}
