package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.AnswerOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.command.TimeOption;
import ipn.app.output.ExplanationText;
import ipn.app.output.Terminal.Tone;
import ipn.operations.explain.Explain;
import ipn.operations.explain.coverage.CoverageReport;
import ipn.operations.explain.evidence.Question;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains why a subject has an entitlement, or why not. */
@Command(
        name = "explain",
        description = {
            "Explains why a user has an entitlement, or why not.",
            "",
            "Prints the answer first, then its evidence down to the raw records (the notifications as they were received).",
            "",
            "Without the query stage it reads the topics ipn.orders, ipn.discrepancies, ipn.dlq and ipn.payments in full (the last sometimes"
                    + " several times), because their keys do not contain the user. With millions of payments this takes minutes."
        },
        exitCodeList = {
            "0:explained",
            "1:nothing is stored about the user, evidence no longer exists (such as a raw record that was deleted), or a failure",
            ExitCode.WRONG_USAGE_HELP
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

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SUBJECT",
            description = "Id of the user. Required unless --all is given.")
    @Nullable
    private String subject;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ENTITLEMENT",
            description = "Name of the entitlement to explain, such as premium. Default: all.")
    @Nullable
    private String entitlement;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Explain the state at this past time, such as 2026-11-01T12:00:00Z. Default: now.")
    @Nullable
    private String at;

    @Option(
            names = "--all",
            description =
                    "Instead of a SUBJECT: for every user, check that the evidence of each entitlement event still exists, and list the events whose"
                            + " evidence is gone. Reads every topic in full.")
    private boolean all;

    @Option(
            names = "--projector-id",
            paramLabel = "ID",
            description =
                    "Application id of the projector, whose stores are read. Default: application-id in section projector of the settings.")
    @Nullable
    private String projector;

    @Mixin
    private AnswerOptions from = new AnswerOptions();

    public ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (all == (subject != null)) {
            throw UserException.usage("SUBJECT: %s (expected: either a SUBJECT or --all)"
                    .formatted(all ? "given with --all" : "missing"));
        }
        if (all && at != null) {
            throw UserException.usage("--at: given with --all (expected: a SUBJECT instead of --all)");
        }
        var question =
                subject == null ? null : question(subject, Clock.systemUTC().instant());
        var kafka = session.kafka();
        var id = Optional.ofNullable(projector).orElseGet(session::projectorId);
        return question == null
                ? all(new Explain(kafka, kafka.serdes(), id, session.approval(kafka)))
                : one(kafka, id, question);
    }

    private Question question(String subject, Instant now) {
        var time = at == null ? now : TimeOption.time("--at", at);
        if (time.isAfter(now)) {
            throw UserException.usage("--at: %s is in the future (expected: a time up to now)".formatted(at));
        }
        return new Question(subject, Optional.ofNullable(entitlement), time, at != null);
    }

    private int one(KafkaSettings kafka, String id, Question question) {
        var explanation = from.answer(session, kafka, source -> {
            var progress = new ProgressBar(session.terminal());
            var found = new Explain(source, id, session.approval(kafka)).explain(question, progress);
            progress.clear();
            return found;
        });
        if (session.json()) {
            session.print(explanation);
        } else {
            ExplanationText.lines(explanation).forEach(session.terminal()::print);
        }
        if (!explanation.known()) {
            session.terminal()
                    .printErr(
                            "%s: nothing is stored about this user (expected: the id that payments or orders name; 'ipn find' searches by other ids; see 'ipn dlq list' for what could not be processed)"
                                    .formatted(explanation.subject()));
        }
        return explanation.known() && explanation.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
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
            terminal.print(terminal.in(Tone.BAD, each.eventId()) + " at " + each.at());
            each.missing().forEach(missing -> terminal.print("  " + missing));
        });
        var unlisted =
                report.events() - report.explained() - report.unexplained().size();
        if (unlisted > 0) {
            terminal.print("%d more unexplained event(s)".formatted(unlisted));
        }
        terminal.print(terminal.in(
                report.complete() ? Tone.GOOD : Tone.BAD,
                "events %d, explained %d (%d %%)".formatted(report.events(), report.explained(), report.percent())));
    }
}
