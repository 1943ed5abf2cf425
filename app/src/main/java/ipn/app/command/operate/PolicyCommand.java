package ipn.app.command.operate;

import ipn.app.ConfigCheck;
import ipn.app.ExitCode;
import ipn.app.command.Consent;
import ipn.app.command.DecisionOptions;
import ipn.app.command.Session;
import ipn.app.command.TimeOption;
import ipn.app.policy.PolicyDiffCsv;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Previews what changed settings would change of what was paid before, applies them to it, and puts replaced ones back in force. */
@Command(
        name = "policy",
        description = {
            "Previews what changed products and policy would change of what was paid before, applies them to it, and puts replaced ones back in force.",
            "",
            "What is paid is judged by the settings of its time. Changed settings judge nothing again by themselves: preview them with diff,"
                    + " restart the projector with them, then apply them if what was paid before was judged by mistaken settings."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn policy diff new.yaml",
            "  ipn policy apply --why 'product name was mistyped'",
            "  ipn policy restore 3f2a90c1d4e5 --why 'new prices are wrong'"
        })
public final class PolicyCommand {
    private static final String SINCE =
            "Only what was paid at this time or later, by the gateway's clock: a time, a day in UTC, or a duration before now. Default: everything.";

    private final Session session;

    public PolicyCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "diff",
            description = {
                "Shows which users would gain or lose access, or keep it with another end, if the products and the policy of a settings file judged everything that was paid before. Writes nothing.",
                "",
                "Reads the state of the projector from Kafka. Problems of the file are shown as by 'ipn config check'. The digest is the"
                        + " same for the same changes."
            },
            exitCodeList = {
                "0:nothing would change",
                "1:something would change, as for diff, or a failure",
                "2:the settings have problems, or wrong usage"
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn policy diff new.yaml",
                "  ipn policy diff new.yaml --since 2026-11-01 --csv changes.csv",
                "  ipn policy diff new.yaml --json"
            })
    int diff(
            @Parameters(paramLabel = "SETTINGS", description = "The settings file.") Path file,
            @Option(names = "--since", paramLabel = "TIME", description = SINCE) @Nullable String since,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Users in the table, at most. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Option(names = "--csv", paramLabel = "FILE", description = "Write all changes to this file.") @Nullable
                    Path csv) {
        var problems = ConfigCheck.problems(file, session.environment(), session.data(), false);
        if (!problems.isEmpty()) {
            return new ConfigCommand(session).check(file, false);
        }
        return new PolicyRun(session)
                .diff(
                        Settings.load(file, session.environment()),
                        since(since),
                        limit,
                        new PolicyDiffCsv("--csv", Optional.ofNullable(csv)));
    }

    @Command(
            name = "apply",
            customSynopsis = "ipn policy apply [OPTIONS] --why=TEXT",
            description = {
                "Applies the settings that the projector runs with to what was paid before: shows the preview, asks for confirmation, records the decision, and waits until the projector has matched all payments and orders again. Requires --why.",
                "",
                "The brake withholds revocations beyond its limits. The decision can be undone with another 'ipn policy apply' of other settings."
            },
            exitCodeList = {
                "0:done, or nothing would change",
                "1:not confirmed, the projector does not run with these settings or has made no progress for 60 s (it still will), or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn policy apply --why 'product name was mistyped'",
                "  ipn policy apply --since 2026-11-01 --by ada --why 'price was wrong' --yes"
            })
    int apply(
            @Mixin DecisionOptions who,
            @Option(names = "--since", paramLabel = "TIME", description = SINCE) @Nullable String since,
            @Option(names = "--yes", description = "Do not ask for confirmation.") boolean yes) {
        var operator = who.operator(session, "it is stored with the decision");
        var consent = new Consent(session.terminal(), yes);
        consent.requireConsole("policy apply", session.json());
        return new PolicyRun(session).apply(since(since), operator, consent);
    }

    @Command(
            name = "restore",
            customSynopsis = "ipn policy restore [OPTIONS] --why=TEXT VERSION",
            description = {
                "Puts a version of products and policy that was replaced back in force: shows what changes, asks for confirmation, and records the decision. Requires --why.",
                "",
                "A projector that starts with settings that were replaced does not judge by them, so that one that comes up with an old file by mistake changes"
                        + " nothing. After this command, restart every projector with the settings of that version. What was paid before keeps its result."
            },
            exitCodeList = {
                "0:done, or the version is in force",
                "1:unknown version, not confirmed, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn policy restore 3f2a90c1d4e5 --why 'new prices are wrong'",
                "  ipn policy restore 3f2a90c1d4e5 --by ada --why 'new prices are wrong' --yes"
            })
    int restore(
            @Parameters(paramLabel = "VERSION", description = "Name of the version, from 'ipn policy versions'.")
                    String version,
            @Mixin DecisionOptions who,
            @Option(names = "--yes", description = "Do not ask for confirmation.") boolean yes) {
        var operator = who.operator(session, "it is stored with the decision");
        var consent = new Consent(session.terminal(), yes);
        consent.requireConsole("policy restore", session.json());
        return new PolicyRun(session).restore(version, operator, consent);
    }

    @Command(
            name = "versions",
            description = "Lists the versions of products and policy, oldest first. The last one is in force.",
            exitCodeList = {ExitCode.DONE_HELP, "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {"  ipn policy versions", "  ipn policy versions --json"})
    int versions() {
        return new PolicyRun(session).versions();
    }

    @Command(
            name = "status",
            description = "Shows which versions were applied to what was paid before, and how far the projector is.",
            exitCodeList = {"0:everything was matched again", "1:some is left, or a failure", ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {"  ipn policy status", "  ipn policy status --json"})
    int status() {
        return new PolicyRun(session).status();
    }

    private static Optional<Instant> since(@Nullable String since) {
        return Optional.ofNullable(since)
                .map(text -> TimeOption.start("--since", text, Clock.systemUTC().instant()));
    }
}
