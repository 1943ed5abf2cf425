package ipn.app.command.decide;

import ipn.app.command.TimeOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Until when a decision counts, and whether it is only previewed. */
final class DecideOptions {
    @Option(
            names = "--until",
            paramLabel = "DEADLINE",
            description =
                    "Until when the decision counts, such as P30D or 2026-12-31T00:00:00Z. Then it is as if it had never been made. Default: without an end.")
    @Nullable
    private String until;

    @Option(names = "--dry-run", description = "Show what would be decided, but write nothing.")
    private boolean dryRun;

    boolean dryRun() {
        return dryRun;
    }

    /** @return null: without an end */
    @Nullable
    Instant until(Instant now) {
        return until == null ? null : TimeOption.deadline("--until", until, now);
    }
}
