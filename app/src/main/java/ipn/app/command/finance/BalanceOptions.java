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

/** Which ledger entries to add up, and how to group them. */
final class BalanceOptions {
    @Option(
            names = "--by",
            split = ",",
            paramLabel = "WHAT",
            description = "Group by ${COMPLETION-CANDIDATES}; always by currency as well. Default: account.")
    private List<By> by = List.of(By.ACCOUNT);

    @Option(
            names = "--account",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "Show only accounts with this prefix; totals still include all accounts.")
    private String account = "";

    @Option(names = "--since", paramLabel = "DAY", description = "First day, UTC, such as 2026-09-01.")
    @Nullable
    private LocalDate since;

    @Option(names = "--until", paramLabel = "DAY", description = "Last day, UTC.")
    @Nullable
    private LocalDate until;

    @Option(names = "--test", description = "Show test money instead of live money; they are never added up together.")
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
