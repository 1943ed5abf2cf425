package ipn.app.command.operate;

import ipn.app.ConfigCheck;
import ipn.app.ConfigCheck.Problem;
import ipn.app.ExitCode;
import ipn.app.command.Session;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks settings files. */
@Command(
        name = "config",
        description = "Checks a settings file before a stage is started with it.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn config check ipn.yaml", "  ipn config check ipn.yaml --secrets"})
public final class ConfigCommand {
    private final Session session;

    public ConfigCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    private record Result(String file, boolean valid, boolean secretsLookedUp, List<Problem> problems) {}

    @Command(
            name = "check",
            description = {
                "Checks a settings file for all stages and commands. Prints every problem with its line. Starts nothing and connects to nothing.",
                "",
                "Environment variables override keys of the file, as they do for a stage: a problem of such a value names the variable. Without"
                        + " --secrets, no secret is read; only the form of its reference is checked, so that the file can be checked"
                        + " where the secrets are not, for example in CI."
            },
            exitCodeList = {"0:no problem", "1:a failure", "2:the settings have problems, or wrong usage"},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn config check ipn.yaml",
                "  ipn config check ipn.yaml --json",
                "  ipn config check /etc/ipn/ipn.yaml --secrets"
            })
    int check(
            @Parameters(paramLabel = "FILE", description = "The settings file.") Path file,
            @Option(
                            names = "--secrets",
                            description =
                                    "Look up secrets as well: a missing, short or shared secret is a problem. Secrets are never printed.")
                    boolean secrets) {
        var problems = ConfigCheck.problems(file, session.environment(), session.data(), secrets);
        if (session.json()) {
            session.print(new Result(file.toString(), problems.isEmpty(), secrets, problems));
        } else if (problems.isEmpty()) {
            session.terminal()
                    .print(file + ": no problems"
                            + (secrets ? "" : " (secrets not looked up; --secrets looks them up)"));
        } else {
            problems.forEach(problem -> session.terminal().print(line(file, problem)));
            session.terminal().printErr("%d problem(s) in %s".formatted(problems.size(), file));
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.WRONG_USAGE;
    }

    /** In the form {@code file:line: problem}, which editors and CI systems link to the line. */
    private static String line(Path file, Problem problem) {
        var at = problem.line().map(line -> file + ":" + line).orElseGet(file::toString);
        return problem.variable().map(variable -> "environment: " + variable).orElse(at) + ": " + problem.key() + ": "
                + problem.detail();
    }
}
