package ipn.app.command.finance;

import ipn.app.UserException;
import ipn.app.command.TimeOption;
import ipn.operations.ledger.LedgerGroup.By;
import ipn.operations.ledger.TrialBalance;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger entries to add up, and how to group them. */
final class BalanceOptions {
    @Option(
            names = "--group-by",
            split = ",",
            paramLabel = "WHAT",
            description =
                    "Group the amounts by these, separated by commas: ${COMPLETION-CANDIDATES}. They are always grouped by currency as well. ACCOUNT means the ledger account. Default: ACCOUNT.")
    private List<By> by = List.of(By.ACCOUNT);

    @Option(
            names = "--ledger-account",
            paramLabel = "PREFIX",
            defaultValue = "",
            description =
                    "Show only ledger accounts whose name begins with PREFIX, such as clearing/stripe. Totals still include all ledger accounts.")
    private String account = "";

    @Option(
            names = "--since",
            paramLabel = "DAY",
            description = "First day (UTC) that is added up, such as 2026-09-01. Default: the oldest.")
    @Nullable
    private String sinceDay;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description = "Last day (UTC) that is added up, such as 2026-09-30. Default: the newest.")
    @Nullable
    private String untilDay;

    @Option(
            names = "--test",
            description =
                    "Show test money only, which is that of merchant accounts whose mode in the settings is test. Default: live money only. The two are never added up together.")
    private boolean test;

    TrialBalance.Choice choice() {
        var since = sinceDay == null ? null : TimeOption.day("--since", sinceDay);
        var until = untilDay == null ? null : TimeOption.day("--until", untilDay);
        if (since != null && until != null && until.isBefore(since)) {
            throw UserException.usage(
                    "--until: %s (expected: %s, the day of --since, or later)".formatted(until, since));
        }
        return new TrialBalance.Choice(
                EnumSet.copyOf(by), account, Optional.ofNullable(since), Optional.ofNullable(until), test);
    }
}
