package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.ExplanationText;
import ipn.app.output.Terminal.Tone;
import ipn.operations.explain.Explain;
import ipn.operations.explain.coverage.CoverageReport;
import ipn.operations.explain.evidence.Question;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why a subject has, or has not, what it may use. */
@Command(
        name = "explain",
        description = {
            "Explains why a user has, or does not have, something: from the answer down to the raw records that prove it.",
            "",
            "Reads where the user, the payments and their events live; ipn.payments, ipn.orders and ipn.discrepancies"
                    + " whole (payments sometimes twice), since they are not kept by user. Exit codes: 0 explained,"
                    + " 1 something behind it is missing, such as a raw record that is no longer kept, 2 wrong usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn explain u_42",
            "  ipn explain u_42 premium --at 2026-11-01T12:00:00Z",
            "  ipn explain u_42 --json",
            "  ipn explain --all"
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final int LISTED_MAX = 1_000;

    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SUBJECT", description = "The user or advertiser.")
    @Nullable
    private String subject;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ENTITLEMENT",
            description = "Only this one, such as premium. Default: all.")
    @Nullable
    private String entitlement;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Explain how it was then, such as 2026-11-01T12:00:00Z. Default: how it is now.")
    @Nullable
    private String at;

    @Option(
            names = "--all",
            description =
                    "Check instead that every entitlement event kept can be explained down to raw records that exist."
                            + " Reads every topic whole.")
    private boolean all;

    @Option(
            names = "--projector-id",
            paramLabel = "ID",
            description = "Application id of the projector. Default: projector.application-id of the settings.")
    @Nullable
    private String projector;

    public ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (all == (subject != null)) {
            throw UserException.usage("explain: expected a SUBJECT, or --all");
        }
        if (all && at != null) {
            throw UserException.usage("--at: goes with a SUBJECT (expected: --all alone)");
        }
        var question =
                subject == null ? null : question(subject, Clock.systemUTC().instant());
        var kafka = session.kafka();
        var explain = new Explain(
                kafka, kafka.serdes(), Optional.ofNullable(projector).orElseGet(session::projectorId));
        return question == null ? all(explain) : one(explain, question);
    }

    private Question question(String subject, Instant now) {
        var time = at == null ? now : time(at);
        if (time.isAfter(now)) {
            throw UserException.usage("--at: %s lies in the future (expected: a time until now)".formatted(at));
        }
        return new Question(subject, Optional.ofNullable(entitlement), time, at != null);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw UserException.usage("--at: %s (expected: a time such as 2026-11-01T12:00:00Z)".formatted(text));
        }
    }

    private int one(Explain explain, Question question) {
        var progress = new ProgressBar(session.terminal());
        var explanation = explain.explain(question, progress);
        progress.clear();
        if (session.json()) {
            session.print(explanation);
        } else {
            ExplanationText.lines(explanation).forEach(session.terminal()::say);
        }
        return explanation.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private int all(Explain explain) {
        var progress = new ProgressBar(session.terminal());
        var report = explain.checkAll(LISTED_MAX, progress);
        progress.clear();
        if (session.json()) {
            session.print(report);
        } else {
            show(report);
        }
        return report.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private void show(CoverageReport report) {
        var terminal = session.terminal();
        report.unexplained().forEach(each -> {
            terminal.say(terminal.in(Tone.BAD, each.eventId()) + " at " + each.at());
            each.missing().forEach(missing -> terminal.say("  " + missing));
        });
        var left = report.events() - report.explained() - report.unexplained().size();
        if (left > 0) {
            terminal.say("and %d more".formatted(left));
        }
        terminal.say(terminal.in(
                report.complete() ? Tone.GOOD : Tone.BAD,
                "events %d, explained %d (%d %%)".formatted(report.events(), report.explained(), report.percent())));
    }
}
