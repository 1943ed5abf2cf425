package ipn.app.command.operate;

import ipn.app.UserException;
import ipn.operations.deadletter.DeadLetterFilter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that select dead letters. */
final class DeadLetterOptions {
    @Option(names = "--reason", paramLabel = "CODE", description = "Select this reason only, such as MALFORMED.")
    @Nullable
    private String reason;

    @Option(names = "--account", paramLabel = "NAME", description = "Select this gateway or gateway/account only.")
    @Nullable
    private String account;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Select failures at or after this time, such as 2026-09-01T00:00:00Z.")
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
        return since == null ? filter : filter.withSince(instant(since));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw UserException.usage("--since: %s (expected: a time such as 2026-09-01T00:00:00Z)".formatted(text));
        }
    }
}
