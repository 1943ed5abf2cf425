package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.Consent;
import ipn.app.command.DecisionOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.MaskedBody;
import ipn.gateway.Accounts;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetters.Whole;
import ipn.operations.deadletter.Redrive;
import ipn.operations.deadletter.Repair;
import ipn.operations.deadletter.repair.BodyPatch;
import ipn.operations.query.PaymentQuery;
import ipn.operations.topic.HeaderText;
import ipn.processor.ReplayPreview.Expected;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Repairs the body of a dead letter and replays it. */
@Command(
        name = "edit",
        customSynopsis = "ipn dlq edit [OPTIONS] --patch=FILE --why=TEXT ID",
        description = {
            "Repairs the body of an open dead letter and replays it. FILE is a JSON merge patch (RFC 7396) of a JSON body, or assignments to fields"
                    + " of a form, one each line (field=value, or field to remove it).",
            "",
            "The raw record keeps the original body, and who repaired it and why. It is sealed by our tools, so section seal must be in the settings;"
                    + " the processor verifies the signature of the gateway over the original body. Shows what would become of it first, and writes"
                    + " nothing before it is confirmed. Requires --why."
        },
        exitCodeList = {
            "0:repaired, replayed and processed",
            "1:not repaired, failed again or is not processed yet, not confirmed, or a failure",
            ExitCode.WRONG_USAGE_HELP
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn dlq edit ID --patch patch.json --why 'currency confirmed by the gateway'",
            "  ipn dlq edit ID --patch fields.txt --why 'case 77' --dry-run"
        })
public final class DlqEditCommand implements Callable<Integer> {
    private static final long PATCH_BYTES_MAX = 1024 * 1024;

    private final Session session;

    @Mixin
    private DecisionOptions who = new DecisionOptions();

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Parameters(paramLabel = "ID", description = "Id of a dead letter, see 'ipn dlq list'.")
    private String id = "";

    @Option(names = "--patch", paramLabel = "FILE", required = true, description = "File with the patch. Required.")
    private Path patch = Path.of("");

    @Option(names = "--dry-run", description = "Show what the repaired record would become, but write nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    public DlqEditCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var operator = who.operator(session, "it is stored with the repaired body");
        var consent = new Consent(session.terminal(), yes);
        if (!dryRun) {
            consent.requireConsole("dlq edit", session.json());
        }
        var text = patch();
        var kafka = session.kafka();
        var found = DeadLetterContents.whole(session, id);
        var now = Clock.systemUTC().instant();
        var repair = repair(found, text, operator, now);
        var state = new PaymentQuery(kafka, kafka.serdes()).state(repair.item().paymentKey());
        var rules = ExpectedOutcomes.read(session);
        var written = repair.make(found.record(), found.letter(), "preview", 1);
        var expected = rules.expect(written, found.record(), state.orElse(null));
        show(found, repair, expected, rules.verified());
        if (dryRun) {
            return ExitCode.DONE;
        }
        if (!consent.given("repair and replay " + id)) {
            session.terminal().printErr("not confirmed: nothing was written");
            return ExitCode.FOUND_PROBLEMS;
        }
        var progress = new ProgressBar(session.terminal());
        var result = new Redrive(kafka, kafka.serdes(), Clock.systemUTC())
                .repair(id, repair, wait.atMost().orElse(Duration.ZERO), session.projectorId(), progress);
        progress.clear();
        return new RedriveReport(session).print(result, "repaired and replayed");
    }

    private String patch() {
        try {
            if (Files.size(patch) > PATCH_BYTES_MAX) {
                throw UserException.usage("--patch: %s is larger than 1 MiB (expected: a patch)".formatted(patch));
            }
            return Files.readString(patch);
        } catch (IOException e) {
            throw UserException.usage("--patch: %s cannot be read (expected: a text file)".formatted(patch));
        }
    }

    private Repair repair(Whole found, String text, Operator operator, Instant now) {
        var letter = found.letter();
        var original = found.record().value();
        var settings = session.settingsOrBuiltIn().read();
        var sealer = Sealer.from(settings, SealRole.TOOLS);
        settings.problems().throwIfAny("seal");
        if (!letter.source().topic().endsWith(TopicCatalogue.RAW) || original == null) {
            throw UserException.problem(
                    id + ": no notification of a gateway (expected: a dead letter of ipn.raw with a body)");
        }
        if (sealer.isEmpty()) {
            throw UserException.problem(
                    "seal.tools: missing (expected: section seal in the settings of processor, ingress and this command; without it the processor"
                            + " accepts no repaired body, because its signature does not fit)");
        }
        try {
            var body = Bytes.wrap(new BodyPatch(text).apply(original, contentType(found)));
            if (Repair.isTooLarge(body, original)) {
                throw UserException.problem(id + ": too large to keep the original beside the repaired body");
            }
            return new Repair(body, item(found, body), operator, now, sealer.get());
        } catch (IllegalArgumentException e) {
            throw UserException.problem(id + ": " + e.getMessage());
        }
    }

    private static String contentType(Whole found) {
        return new HeaderText(found.record().headers()).text(Headers.CONTENT_TYPE, "");
    }

    /** What the repaired body is about, as the gateway's code identifies it. */
    private Item item(Whole found, Bytes body) {
        var accounts = Accounts.from(session.settingsOrBuiltIn().read().withoutSecrets());
        var stored = ExpectedOutcomes.stored(found.record().headers());
        var account = stored.account(accounts)
                .orElseThrow(() -> UserException.problem(
                        id + ": of no configured account (expected: its account in the settings)"));
        var items = account.identify(stored.delivery(body, Clock.systemUTC().instant()));
        var index = stored.itemIndex().orElse(-1);
        return Optional.of(index)
                .filter(at -> at >= 0 && at < items.size())
                .map(items::get)
                .orElseThrow(() -> UserException.problem(id + ": the repaired body has no such item"));
    }

    private void show(Whole found, Repair repair, Expected expected, boolean verified) {
        if (session.json()) {
            return;
        }
        var terminal = session.terminal();
        terminal.print("repaired body, values masked:");
        terminal.printText(MaskedBody.of(repair.body().array(), contentType(found)));
        terminal.print("payment " + repair.item().paymentKey() + ", event "
                + repair.item().eventKey());
        terminal.print("would become " + ExpectedOutcomes.line(expected, "", verified));
    }
}
