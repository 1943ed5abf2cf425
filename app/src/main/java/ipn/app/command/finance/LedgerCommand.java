package ipn.app.command.finance;

import ipn.app.ExitCode;
import ipn.app.command.AnswerOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.LedgerTable;
import ipn.app.output.Terminal.Tone;
import ipn.operations.ledger.LedgerQuery;
import ipn.operations.ledger.TrialBalance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the ledger. */
@Command(
        name = "ledger",
        description = "Shows the balances of the ledger, or the entries of a payment.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn ledger balance", "  ipn ledger show stripe/main/pi_3Nabc"})
public final class LedgerCommand {
    private final Session session;

    public LedgerCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "balance",
            description = {
                "Shows debits, credits and balance of each ledger account, and of all ledger accounts together.",
                "",
                "In each currency, the lines of each entry must add up to zero, and so must the balances of all ledger accounts."
            },
            exitCodeList = {
                "0:balanced: everything adds up to zero",
                "1:not balanced, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn ledger balance",
                "  ipn ledger balance --group-by account,product --since 2026-09-01",
                "  ipn ledger balance --group-by day --ledger-account unmatched",
                "  ipn ledger balance --test --json"
            })
    int balance(@Mixin BalanceOptions which) {
        var choice = which.choice();
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var balance = new LedgerQuery(kafka, kafka.serdes()).balance(choice, progress);
        progress.clear();
        if (session.json()) {
            session.print(balance);
        } else {
            print(balance, choice);
        }
        return balance.balanced() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private void print(TrialBalance balance, TrialBalance.Choice choice) {
        var terminal = session.terminal();
        terminal.show(LedgerTable.of(balance, choice.by()));
        balance.unbalanced()
                .forEach(entry -> terminal.print(terminal.in(Tone.BAD, "UNBALANCED")
                        + " %s at %s: %s (expected: zero)".formatted(entry.entryId(), entry.at(), entry.sums())));
        terminal.print(LedgerTable.summary(balance, terminal));
        if (balance.entries() == 0 && balance.otherEntries() > 0) {
            terminal.printErr(
                    choice.test()
                            ? "no entries of test money; %d of live money (omit --test to see them)"
                                    .formatted(balance.otherEntries())
                            : "no entries of live money; %d of test money (use --test to see them)"
                                    .formatted(balance.otherEntries()));
        }
    }

    @Command(
            name = "show",
            description =
                    "Lists the ledger entries of a payment or an order, oldest first, each with the event that caused it.",
            exitCodeList = {ExitCode.DONE_HELP, "1:no entries, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn ledger show stripe/main/pi_3Nabc",
                "  ipn ledger show order-1001",
                "  ipn ledger show stripe/main/in_1Nabc --json"
            })
    int show(
            @Parameters(
                            paramLabel = "KEY",
                            description =
                                    "Key of the payment, invoice or subscription: gateway/account/id. Or an order id.")
                    String key,
            @Mixin AnswerOptions from) {
        var entries = from.answer(session, session.kafka(), source -> new LedgerQuery(source).show(key));
        session.show(entries, () -> LedgerTable.of(entries));
        if (entries.isEmpty()) {
            session.terminal()
                    .printErr(key + ": no entries (expected: gateway/account/id, such as stripe/main/pi_3Nabc)");
        }
        return entries.isEmpty() ? ExitCode.FOUND_PROBLEMS : ExitCode.DONE;
    }
}
