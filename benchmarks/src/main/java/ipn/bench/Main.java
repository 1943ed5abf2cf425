package ipn.bench;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.bench.access.AccessBenchCommand;
import ipn.bench.alerts.AlertsCommand;
import ipn.bench.chaos.ChaosCommand;
import ipn.bench.dashboards.DashboardsCommand;
import ipn.bench.deadletter.DeadLettersCommand;
import ipn.bench.eventloop.StallsCommand;
import ipn.bench.gateway.AuthenticateCommand;
import ipn.bench.growth.GrowthCommand;
import ipn.bench.imports.ImportBenchCommand;
import ipn.bench.ingress.IngressBenchCommand;
import ipn.bench.ingress.OverloadCommand;
import ipn.bench.isolation.IsolationCommand;
import ipn.bench.load.LoadCommand;
import ipn.bench.memory.MemoryCommand;
import ipn.bench.pipeline.PipelineCommand;
import ipn.bench.pipeline.SettingsBenchCommand;
import ipn.bench.projector.BrakeBenchCommand;
import ipn.bench.projector.ExpiryBenchCommand;
import ipn.bench.rebuild.RebuildBenchCommand;
import ipn.bench.reconcile.ReconcileCommand;
import ipn.bench.results.ReportCommand;
import ipn.bench.twin.TwinCommand;
import ipn.embedded.EmbeddedException;
import ipn.settings.SettingsException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ipn bench}: benchmarks, which are not part of the build. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a pipeline, one stage or one gateway.",
        subcommands = {
            LoadCommand.class,
            PipelineCommand.class,
            SettingsBenchCommand.class,
            IngressBenchCommand.class,
            OverloadCommand.class,
            ChaosCommand.class,
            AlertsCommand.class,
            AuthenticateCommand.class,
            StallsCommand.class,
            BrakeBenchCommand.class,
            ExpiryBenchCommand.class,
            IsolationCommand.class,
            GrowthCommand.class,
            MemoryCommand.class,
            ReconcileCommand.class,
            ImportBenchCommand.class,
            DeadLettersCommand.class,
            RebuildBenchCommand.class,
            TwinCommand.class,
            AccessBenchCommand.class,
            DashboardsCommand.class,
            ReportCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, parsed) -> failed(e, line.getErr()));
    }

    /** Prints what the caller can mend as a message, and all else with its stack trace; returns the exit code. */
    private static int failed(Exception e, PrintWriter err) {
        if (e instanceof UserException wrong) {
            err.println("ipn bench: " + wrong.getMessage());
            return wrong.exitCode();
        }
        if (e instanceof SettingsException || e instanceof EmbeddedException) {
            err.println("ipn bench: " + e.getMessage());
            return ExitCode.WRONG_USAGE;
        }
        e.printStackTrace(err);
        return ExitCode.FOUND_PROBLEMS;
    }
}
