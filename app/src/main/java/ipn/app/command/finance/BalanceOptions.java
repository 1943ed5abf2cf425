package ipn.app.command.finance;

import ipn.app.UserException;
import ipn.operations.ledger.LedgerGroup.By;
import ipn.operations.ledger.TrialBalance;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of the books to add up, and how finely. */
final class BalanceOptions {
    @Option(
            names = "--by",
            split = ",",
            paramLabel = "WHAT",
            description = "Tell apart by ${COMPLETION-CANDIDATES}; always by currency. Default: account.")
    private List<By> by = List.of(By.ACCOUNT);

    @Option(
            names = "--account",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "Show only accounts that begin so; the total is of all accounts still.")
    private String account = "";

    @Option(names = "--since", paramLabel = "DAY", description = "First day, UTC, such as 2026-09-01.")
    @Nullable
    private LocalDate since;

    @Option(names = "--until", paramLabel = "DAY", description = "Last day, UTC.")
    @Nullable
    private LocalDate until;

    @Option(names = "--test", description = "Test money instead of live money; the two are never added up.")
    private boolean test;

    TrialBalance.Choice choice() {
        if (since != null && until != null && until.isBefore(since)) {
            throw UserException.usage(
                    "--until: %s (expected: %s, the day of --since, or later)".formatted(until, since));
        }
        return new TrialBalance.Choice(
                EnumSet.copyOf(by), account, Optional.ofNullable(since), Optional.ofNullable(until), test);
    }
}
