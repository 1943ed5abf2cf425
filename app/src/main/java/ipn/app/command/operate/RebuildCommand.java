package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.SettingsSource;
import ipn.app.command.ProgressBar;
import ipn.app.command.ProgressLines;
import ipn.app.command.Session;
import ipn.app.command.TimeOption;
import ipn.app.rebuild.Rebuild;
import ipn.app.rebuild.RebuildPlan;
import ipn.app.rebuild.RebuildState;
import ipn.key.Sha256;
import ipn.runtime.process.Closing;
import ipn.runtime.process.Shutdown;
import ipn.topics.AppVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs history again into topics of its own. */
@Command(
        name = "rebuild",
        description = {
            "Runs the processor and the projector of this build, with these settings, over the raw records that there are, into topics with another prefix.",
            "",
            "Topics of the pipeline are only read. Orders, decisions and brake commands are inputs, too. The clock is that of the records, up to the time at"
                    + " which the rebuild begins. Products and policy that are not in force judge all of history. An interrupted rebuild is continued by the same"
                    + " command. Compare its result with 'ipn diff'."
        },
        exitCodeList = {
            "0:done",
            "1:topics of another rebuild, a stage stopped, or a failure",
            "2:the settings have problems, or wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn rebuild --config new.yaml",
            "  ipn rebuild --config new.yaml --from 2026-11-01 --fresh",
            "  ipn diff ipn. shadow."
        })
public final class RebuildCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    private final Session session;

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description =
                    "Where raw records begin: a time, a day in UTC, or a duration before now. What begins before is not compared by 'ipn diff'. Default: the first raw record.")
    @Nullable
    String from;

    @Option(
            names = "--to-prefix",
            paramLabel = "PREFIX",
            defaultValue = "shadow.",
            description = "What the names of the topics to write begin with. Default: ${DEFAULT-VALUE}")
    String prefix = "";

    @Option(names = "--fresh", description = "Delete what an earlier rebuild wrote with this prefix, and begin anew.")
    boolean fresh;

    public RebuildCommand(Session session) {
        this.session = session;
    }

    /** What was run again. */
    record Result(String prefix, Instant start, Instant until, long rawRecords, double seconds) {}

    @Override
    public Integer call() {
        var kafka = session.kafka();
        var source = session.settingsOrBuiltIn();
        var clock = Clock.systemUTC();
        var plan = RebuildPlan.of(
                kafka,
                prefix,
                source.read(),
                build(source),
                session.data(),
                Optional.ofNullable(from).map(text -> TimeOption.start("--from", text, clock.instant())));
        var began = System.nanoTime();
        var bar = new ProgressBar(session.terminal());
        var state = run(
                new Rebuild(plan, clock, session.terminal().colours() ? bar : new ProgressLines(session.terminal())));
        bar.clear();
        state.ifPresent(done -> print(done, (System.nanoTime() - began) / NANOS));
        return state.isPresent() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    /** Empty: the JVM is about to end. */
    private Optional<RebuildState> run(Rebuild rebuild) {
        var stopping = new AtomicBoolean();
        var closing = new Closing();
        try {
            Shutdown.closeAtEnd(
                    () -> {
                        stopping.set(true);
                        if (!closing.isEmpty()) {
                            session.terminal().printErr("interrupted: the same command continues");
                        }
                        closing.close();
                    },
                    session.terminal()::printFailure);
            return Optional.of(rebuild.run(fresh, closing));
        } catch (RuntimeException e) {
            if (stopping.get()) {
                return Optional.empty();
            }
            throw e;
        } finally {
            closing.close();
        }
    }

    private void print(RebuildState state, double seconds) {
        var result = new Result(prefix, state.startTime(), state.untilTime(), state.records(), seconds);
        if (session.json()) {
            session.print(result);
        } else {
            session.terminal()
                    .print(String.format(
                            Locale.ROOT,
                            "%d raw record(s) of %s to %s run again into %s* in %.1f s, %.0f a second",
                            result.rawRecords(),
                            result.start(),
                            result.until(),
                            prefix,
                            seconds,
                            result.rawRecords() / seconds));
            session.terminal().print("next: ipn diff %s %s".formatted(state.source(), prefix));
        }
    }

    /** Names the settings and the build. */
    private static String build(SettingsSource source) {
        try {
            var settings =
                    source.file().isPresent() ? Files.readString(source.file().get()) : SettingsSource.BUILT_IN;
            return Sha256.hex(settings + "\n" + AppVersion.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
