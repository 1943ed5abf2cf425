package ipn.app.command.operate;

import ipn.app.command.TimeOption;
import ipn.operations.deadletter.DeadLetterFilter;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that select dead letters. */
final class DeadLetterOptions {
    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Select dead letters with this reason code, such as MALFORMED.")
    @Nullable
    private String reason;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description =
                    "Select dead letters of this merchant account, such as stripe/main, or of all accounts of a gateway, such as stripe.")
    @Nullable
    private String account;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Select dead letters that failed, or failed again after a replay, at this time or later: a time such as 2026-09-01T00:00:00Z, a day (UTC) such as 2026-09-01, or a duration before now such as P7D.")
    @Nullable
    private String since;

    boolean empty() {
        return reason == null && account == null && since == null;
    }

    DeadLetterFilter filter(DeadLetterFilter base) {
        var filter = base;
        if (reason != null) {
            filter = filter.withReason(reason);
        }
        if (account != null) {
            filter = filter.withAccount(account);
        }
        return since == null
                ? filter
                : filter.withSince(
                        TimeOption.start("--since", since, Clock.systemUTC().instant()));
    }
}
