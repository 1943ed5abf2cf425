package ipn.app.command.operate;

import ipn.app.BuildSchemas;
import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.operations.schema.SchemaAdmin;
import ipn.operations.schema.SchemaAdmin.Difference;
import java.util.List;
import picocli.CommandLine.Command;

/** Registers and checks schemas. */
@Command(
        name = "schemas",
        description = "Registers the Avro schemas of all topics, or compares them with the registry.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn schemas check", "  ipn schemas apply --config ipn.yaml"})
public final class SchemasCommand {
    private final Session session;

    public SchemasCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "apply",
            exitCodeList = {
                "0:all schemas of this build are registered",
                "1:a schema is incompatible, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            description =
                    "Registers the schemas of this build, and sets their subjects to FULL_TRANSITIVE. Never registers an incompatible schema.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn schemas apply --config ipn.yaml", "  ipn schemas apply --json"})
    int apply() {
        var applied = admin().apply();
        return report().applied(applied, applied.corrected(), applied.remaining());
    }

    @Command(
            name = "check",
            exitCodeList = {
                "0:all schemas of this build are registered",
                "1:a difference found, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            description = "Lists schemas that are missing, different or incompatible in the registry. Changes nothing.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn schemas check --config ipn.yaml", "  ipn schemas check --json"})
    int check() {
        return report().checked(admin().check(), Difference::correctable);
    }

    private SchemaAdmin admin() {
        var kafka = session.registry();
        return new SchemaAdmin(kafka, BuildSchemas.of(kafka.topics(), session.projectorId()));
    }

    private DifferenceReport<Difference> report() {
        return new DifferenceReport<>(
                session,
                "all schemas of this build are registered",
                "ipn schemas apply",
                List.of("subject", "difference", "detail"),
                difference -> List.of(difference.subject(), difference.kind().name(), difference.detail()));
    }
}
