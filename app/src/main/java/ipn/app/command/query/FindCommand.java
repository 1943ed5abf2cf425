package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.AnswerOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.command.TimeOption;
import ipn.app.output.Amount;
import ipn.app.output.FoundTable;
import ipn.operations.decision.Money;
import ipn.operations.find.Criteria;
import ipn.operations.find.Find;
import ipn.operations.find.Found;
import ipn.operations.find.SearchText;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds payments, orders, dead letters and decisions by what a user names. */
@Command(
        name = "find",
        description = {
            "Finds payments, orders, dead letters and decisions by an id of the gateway, an order, a user or an amount, and prints the next command for each.",
            "",
            "What is found matches everything that is given. The query stage finds up to 2,000 of a kind in milliseconds. Of more, of a PART with a star or of less than four characters, and without"
                    + " this stage, the topics ipn.orders, ipn.payments, ipn.discrepancies, ipn.dlq and ipn.decisions are read in full, and with --bodies always ipn.raw. With millions of"
                    + " payments this takes minutes; --since makes an amount less common."
        },
        exitCodeList = {ExitCode.DONE_HELP, "1:nothing was found, or a failure", ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn find pi_3Nabc",
            "  ipn find '*9f2c'",
            "  ipn find ch_3Nabc --bodies",
            "  ipn find o_1001 --json",
            "  ipn find --amount 8.00 --currency USD --since P7D"
        })
public final class FindCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PART",
            description =
                    "The beginning of a payment key, of an order id or of an id of the gateway (payment, charge, capture, refund, dispute, invoice, subscription, event), in upper or lower case; or the whole id of a user. With a star before it, such as '*9f2c', a part anywhere in an id. Required unless --amount is given.")
    @Nullable
    private String text;

    @Option(
            names = "--amount",
            paramLabel = "DECIMAL",
            description =
                    "Only payments that captured, authorized, refunded or billed this amount, and orders that expect it, such as 8.00. Requires --currency.")
    @Nullable
    private String amount;

    @Option(names = "--currency", paramLabel = "CODE", description = "Currency of --amount, such as USD.")
    @Nullable
    private String currency;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Only what happened at this time or later: a time such as 2026-09-01T00:00:00Z, a day (UTC) such as 2026-09-01, or a duration before now such as P7D.")
    @Nullable
    private String since;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Only of this gateway or merchant account, such as stripe or stripe/main.")
    @Nullable
    private String account;

    @Option(
            names = "--bodies",
            description =
                    "Also search the notifications as the gateways sent them, for ids that are not kept otherwise. The PART must then be a whole id. Bodies are not printed.")
    private boolean bodies;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "List at most N of each kind, the newest. Default: 50.")
    private int limit;

    @Mixin
    private final AnswerOptions from = new AnswerOptions();

    public FindCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var criteria = criteria();
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var approval = session.approval(kafka);
        var found = from.answer(session, kafka, source -> {
            var all = new Find(source, approval, Clock.systemUTC()).find(criteria, bodies, limit, progress);
            progress.clear();
            return all;
        });
        session.show(found, () -> FoundTable.of(found));
        hint(found);
        return found.hits().isEmpty() ? ExitCode.FOUND_PROBLEMS : ExitCode.DONE;
    }

    private Criteria criteria() {
        if (text == null && amount == null) {
            throw UserException.usage("find: nothing to find (expected: a PART of an id, or --amount and --currency)");
        }
        if ((amount == null) != (currency == null)) {
            throw UserException.usage("--amount and --currency: one without the other (expected: both or neither)");
        }
        if (bodies && text == null) {
            throw UserException.usage("--bodies: without a PART (expected: an id to search for)");
        }
        return new Criteria(
                Optional.ofNullable(text).map(SearchText::of),
                Optional.ofNullable(amount).map(this::money),
                Optional.ofNullable(since)
                        .map(time -> TimeOption.start(
                                "--since", time, Clock.systemUTC().instant())),
                Optional.ofNullable(account));
    }

    private Money money(String decimal) {
        var code = String.valueOf(currency).toUpperCase(Locale.ROOT);
        try {
            return new Money(Amount.minorUnits(new BigDecimal(decimal), code), code);
        } catch (ArithmeticException e) {
            throw UserException.usage("--amount: %s (expected: an amount with the decimals of %s, such as %s)"
                    .formatted(decimal, code, Amount.decimal(800, code)));
        }
    }

    private void hint(Found found) {
        var terminal = session.terminal();
        if (found.more()) {
            terminal.printErr(
                    "more match than are listed (raise --limit, or give --since, --account or a longer PART)");
        }
        if (found.hits().isEmpty()) {
            terminal.printErr("%s: nothing found (expected: an id that a payment or an order has%s)"
                    .formatted(
                            text == null ? "--amount" : text,
                            text == null || bodies
                                    ? "; what only the gateway's report has is missing here, see 'ipn reconcile --help'"
                                    : "; with --bodies the notifications themselves are searched"));
        }
    }
}
