package ipn.app.command.decide;

import ipn.app.command.TimeOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Until when a decision counts, and whether it is only previewed or asked for. */
final class DecideOptions {
    @Option(
            names = "--until",
            paramLabel = "DEADLINE",
            description =
                    "Until when the decision counts, such as P30D or 2026-12-31T00:00:00Z. Then it is as if it had never been made. Default: without an end.")
    @Nullable
    private String until;

    @Mixin
    private Previewed previewed = new Previewed();

    Previewed previewed() {
        return previewed;
    }

    /** @return null: without an end */
    @Nullable
    Instant until(Instant now) {
        return until == null ? null : TimeOption.deadline("--until", until, now);
    }
}
