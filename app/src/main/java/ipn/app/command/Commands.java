package ipn.app.command;

import ipn.app.ExitCode;
import ipn.app.command.decide.DecisionCommand;
import ipn.app.command.decide.DiscrepancyCommand;
import ipn.app.command.decide.ExtendCommand;
import ipn.app.command.decide.GrantCommand;
import ipn.app.command.decide.RevokeCommand;
import ipn.app.command.decide.TransferCommand;
import ipn.app.command.finance.LedgerCommand;
import ipn.app.command.finance.ReconcileCommand;
import ipn.app.command.operate.BrakeCommand;
import ipn.app.command.operate.CheckCommand;
import ipn.app.command.operate.ConfigCommand;
import ipn.app.command.operate.DiffCommand;
import ipn.app.command.operate.DlqCommand;
import ipn.app.command.operate.DlqEditCommand;
import ipn.app.command.operate.DlqExportCommand;
import ipn.app.command.operate.DlqImportCommand;
import ipn.app.command.operate.DlqReplayCommand;
import ipn.app.command.operate.ImportCommand;
import ipn.app.command.operate.PolicyCommand;
import ipn.app.command.operate.RebuildCommand;
import ipn.app.command.operate.SchemasCommand;
import ipn.app.command.operate.ShadowCommand;
import ipn.app.command.operate.TopicsCommand;
import ipn.app.command.query.EntitlementsCommand;
import ipn.app.command.query.ExplainCommand;
import ipn.app.command.query.FindCommand;
import ipn.app.command.query.GatewaysCommand;
import ipn.app.command.query.NotificationsCommand;
import ipn.app.command.query.OrderCommand;
import ipn.app.command.query.PaymentCommand;
import ipn.app.command.query.StatusCommand;
import ipn.app.command.run.AccessCommand;
import ipn.app.command.run.DemoCommand;
import ipn.app.command.run.IngressCommand;
import ipn.app.command.run.ProcessorCommand;
import ipn.app.command.run.ProjectorCommand;
import ipn.app.command.run.QueryCommand;
import ipn.app.command.run.UpCommand;
import ipn.app.command.send.CanaryCommand;
import ipn.app.command.send.SendCommand;
import ipn.app.output.Terminal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The tree of commands. */
public final class Commands {
    private static final String STAGE_CONFIG =
            "Settings file, or 'built-in' for the built-in test settings. Default: ipn.yaml, which must then exist.";
    private static final String DEMO_CONFIG = "Only 'built-in' is accepted, which is the default.";
    private static final String STACK_DATA = "Data folder; a restart keeps its contents. Default: data.";

    /** Commands that need no Kafka, that start their own, or that wait for one as long as they run. */
    static final Set<String> WITHOUT_KAFKA = Set.of(
            "ipn demo",
            "ipn up",
            "ipn ingress",
            "ipn processor",
            "ipn projector",
            "ipn access",
            "ipn query",
            "ipn send",
            "ipn status",
            "ipn config",
            "ipn config check",
            "ipn gateways",
            "ipn gateways show");

    private Commands() {}

    /** The whole command line, ready to execute. */
    public static CommandLine line(Map<String, String> environment, Terminal terminal) {
        var root = new IpnCommand();
        var session = new Session(root, environment, terminal);
        var line = new CommandLine(root);
        commands(session).forEach(line::addSubcommand);
        Objects.requireNonNull(line.getSubcommands().get("dlq"))
                .addSubcommand(new DlqReplayCommand(session))
                .addSubcommand(new DlqEditCommand(session))
                .addSubcommand(new DlqExportCommand(session))
                .addSubcommand(new DlqImportCommand(session));
        Stream.of("ingress", "processor", "projector", "access", "query")
                .forEach(stage -> replace(line, stage, "--config", option -> option.description(STAGE_CONFIG)));
        replace(line, "demo", "--config", option -> option.description(DEMO_CONFIG));
        Stream.of("demo", "up")
                .forEach(stack -> replace(line, stack, "--data", option -> option.description(STACK_DATA)));
        Stream.of("demo", "up", "ingress", "processor", "projector", "access", "query")
                .forEach(running -> replace(line, running, "--json", option -> option.hidden(true)));
        addNoAnswer(line);
        var errors = new ErrorHandler(terminal, root);
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionStrategy(Commands::run)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    private static List<Object> commands(Session session) {
        return List.of(
                new DemoCommand(session),
                new UpCommand(session),
                new IngressCommand(session),
                new ProcessorCommand(session),
                new ProjectorCommand(session),
                new AccessCommand(session),
                new QueryCommand(session),
                new SendCommand(session),
                new CanaryCommand(session),
                new StatusCommand(session),
                new ConfigCommand(session),
                new TopicsCommand(session),
                new SchemasCommand(session),
                new OrderCommand(session),
                new PaymentCommand(session),
                new EntitlementsCommand(session),
                new LedgerCommand(session),
                new NotificationsCommand(session),
                new ExplainCommand(session),
                new FindCommand(session),
                new DlqCommand(session),
                new DiscrepancyCommand(session),
                new GrantCommand(session),
                new ExtendCommand(session),
                new RevokeCommand(session),
                new TransferCommand(session),
                new DecisionCommand(session),
                new BrakeCommand(session),
                new PolicyCommand(session),
                new RebuildCommand(session),
                new DiffCommand(session),
                new CheckCommand(session),
                new ReconcileCommand(session),
                new ImportCommand(session),
                new ShadowCommand(session),
                new GatewaysCommand(session));
    }

    /** Replaces an option of all commands in the help of one to which the general description does not apply. */
    private static void replace(
            CommandLine root, String command, String name, UnaryOperator<OptionSpec.Builder> change) {
        var spec = Objects.requireNonNull(root.getSubcommands().get(command)).getCommandSpec();
        var inherited = spec.findOption(name);
        spec.remove(inherited);
        // of this command alone: its own commands keep the general one
        var local = OptionSpec.builder(inherited).scopeType(ScopeType.LOCAL);
        spec.addOption(change.apply(local).build());
    }

    /** Adds exit code 3 to the help of every command that asks Kafka or the schema registry something and ends. */
    private static void addNoAnswer(CommandLine line) {
        for (var sub : line.getSubcommands().values()) {
            var spec = sub.getCommandSpec();
            if (!WITHOUT_KAFKA.contains(spec.qualifiedName(" "))) {
                var codes = new LinkedHashMap<>(spec.usageMessage().exitCodeList());
                var three = ExitCode.NO_ANSWER_HELP.split(":", 2);
                codes.putIfAbsent(three[0], three[1]);
                spec.usageMessage().exitCodeList(codes);
            }
            addNoAnswer(sub);
        }
    }

    /**
     * Checks the values of all options and arguments.
     *
     * @throws ParameterException with every value that is wrong
     */
    static void check(ParseResult parsed) {
        var wrong = new LinkedHashSet<>(ValueRules.problems(parsed));
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
            wrong.addAll(ValueRules.problems(last));
        }
        if (!wrong.isEmpty()) {
            throw new ParameterException(last.commandSpec().commandLine(), String.join("\n     ", wrong));
        }
    }

    /** Checks all values, then runs the command. */
    private static int run(ParseResult parsed) {
        check(parsed);
        return new RunLast().execute(parsed);
    }
}
