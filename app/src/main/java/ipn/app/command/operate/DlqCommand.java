package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.AnswerOptions;
import ipn.app.command.DecisionOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.DeadLetterContent;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.deadletter.Redrive;
import ipn.operations.query.PaymentQuery;
import ipn.processor.ReplayPreview.Expected;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Groups open dead letters by cause; lists, shows and discards them. */
@Command(
        name = "dlq",
        customSynopsis = "ipn dlq [OPTIONS] [COMMAND]",
        description = {
            "Without a COMMAND: groups open dead letters (records that could not be processed) by cause, the largest group first: how many, since"
                    + " when, whom they hit, whether they still arrive, where the runbook is, and the next command.",
            "",
            "Money counts once per payment, with the largest amount of its dead letters. Users and money are what the gateway's translation reads"
                    + " with these settings."
        },
        exitCodeList = {"0:done, even if there are no dead letters", "1:a failure", ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn dlq",
            "  ipn dlq list",
            "  ipn dlq show ID",
            "  ipn dlq replay --reason WRONG_RECEIVER --why 'receiver added to the settings'"
        })
public final class DlqCommand implements Callable<Integer> {
    private final Session session;

    public DlqCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var summary = new DeadLetters(kafka, kafka.serdes())
                .summary(
                        DeadLetterFilter.OPEN,
                        DeadLetterContents.translation(session),
                        Clock.systemUTC().instant(),
                        progress);
        progress.clear();
        var view = TriageView.of(summary);
        if (session.json()) {
            session.print(view);
        } else if (summary.open() == 0) {
            session.terminal().print("no open dead letters");
        } else {
            view.lines().forEach(session.terminal()::print);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "list",
            description = {
                "Lists open dead letters, newest failure first. A dead letter is open until it is replayed or discarded, and is open again if it fails after a replay.",
                "",
                "A dead letter is listed if it matches every option that is given.",
                "",
                "User, order and amount are what the gateway's translation reads with these settings; they are blank where it cannot, such as of a body that is malformed."
            },
            exitCodeList = {"0:done, even if there are no dead letters", "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq list",
                "  ipn dlq list --reason MALFORMED --account stripe/main",
                "  ipn dlq list --user u_42 --event-type invoice.paid",
                "  ipn dlq list --all --limit 500 --json"
            })
    int list(
            @Mixin DeadLetterOptions which,
            @Option(names = "--all", description = "List replayed and discarded dead letters as well.") boolean all,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "List at most N dead letters. Default: 50.")
                    int limit,
            @Mixin AnswerOptions from) {
        var filter = which.filter(
                all ? DeadLetterFilter.ALL : DeadLetterFilter.OPEN, () -> DeadLetterContents.translation(session));
        var answer = from.answer(session, session.kafka(), source -> {
            var found = new DeadLetters(source).list(filter, limit);
            var ids = found.letters().stream().map(DeadLetter::id).toList();
            return new Answer(found, DeadLetterContents.read(session, source, ids));
        });
        var page = answer.page();
        var contents = answer.contents();
        session.show(new Listed(page.letters(), page.more(), contents.byId()), () -> contents.table(page.letters()));
        if (page.letters().isEmpty()) {
            session.terminal().printErr(all ? "no dead letters" : "no open dead letters");
        } else if (page.more()) {
            session.terminal().printErr("more dead letters exist (raise --limit to list them)");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = {
                "Shows one dead letter: why it failed, the state of its payment, what it would become now by today's rules and these settings (nothing"
                        + " is written), its headers, its body, and the next command.",
                "",
                "Values of the body that may be personal data or secrets are replaced by their length, unless --reveal is given."
            },
            exitCodeList = {ExitCode.DONE_HELP, "1:no such dead letter, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {"  ipn dlq show ID", "  ipn dlq show ID --reveal", "  ipn dlq show ID --json"})
    int show(
            @Parameters(paramLabel = "ID", description = "Id of a dead letter, see 'ipn dlq list'.") String id,
            @Option(
                            names = {"--reveal", "--body"},
                            description = "Print the body and all headers as they are: payment data.")
                    boolean reveal) {
        var kafka = session.kafka();
        var found = DeadLetterContents.whole(session, id);
        var state = new PaymentQuery(kafka, kafka.serdes()).state(found.letter().paymentKey());
        var rules = ExpectedOutcomes.read(session);
        var isRaw = found.letter().source().topic().equals(kafka.topics().name(TopicCatalogue.RAW));
        var expected =
                isRaw ? Optional.of(rules.expect(found.record(), state.orElse(null))) : Optional.<Expected>empty();
        var view = new DeadLetterView(found, state, expected, rules.verified(), reveal);
        session.show(view.json(), view::table);
        if (!session.json()) {
            session.terminal().print("");
            session.terminal().printText(view.body());
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "discard",
            customSynopsis = "ipn dlq discard [OPTIONS] --why=TEXT ID...",
            description = "Discards dead letters for good: their events will never be processed. Requires --why.",
            exitCodeList = {"0:done", "1:a dead letter was not discarded, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq discard ID --why 'test noise'",
                "  ipn dlq discard ID1 ID2 --by ada --why 'refunded by hand'"
            })
    int discard(
            @Mixin DecisionOptions who,
            @Parameters(paramLabel = "ID", arity = "1..*", description = "Id of a dead letter, see 'ipn dlq list'.")
                    List<String> ids) {
        var operator = who.operator(session, "a discarded event is lost");
        var kafka = session.kafka();
        var result = new Redrive(kafka, kafka.serdes(), Clock.systemUTC()).discard(Set.copyOf(ids), operator);
        return new RedriveReport(session).print(result, "discarded");
    }

    @Command(
            name = "undo",
            customSynopsis = "ipn dlq undo [OPTIONS] --why=TEXT ID...",
            description = "Opens dead letters again that were discarded or parked. Requires --why.",
            exitCodeList = {"0:done", "1:a dead letter was not opened again, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq undo ID --why 'was no noise'",
                "  ipn dlq undo ID1 ID2 --by ada --why 'translator fixed'"
            })
    int undo(
            @Mixin DecisionOptions who,
            @Parameters(
                            paramLabel = "ID",
                            arity = "1..*",
                            description = "Id of a dead letter, see 'ipn dlq list --all'.")
                    List<String> ids) {
        var operator = who.operator(session, "its event may be replayed after all");
        var kafka = session.kafka();
        var result = new Redrive(kafka, kafka.serdes(), Clock.systemUTC()).undo(Set.copyOf(ids), operator);
        return new RedriveReport(session).print(result, "opened again");
    }

    /** What {@code list} reads. */
    private record Answer(DeadLetters.Page page, DeadLetterContents contents) {}

    /** The JSON output of {@code list}. */
    private record Listed(List<DeadLetter> letters, boolean more, Map<String, DeadLetterContent> contents) {}
}
