package ipn.app.command.decide;

import ipn.app.UserException;
import ipn.app.command.TimeOption;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long access is granted. */
final class SpanOptions {
    @Option(
            names = "--for",
            paramLabel = "PERIOD",
            description = "How long, in days, months or years, such as P30D or P1M.")
    @Nullable
    private String length;

    @Option(
            names = "--until",
            paramLabel = "DEADLINE",
            description = "Until when, such as 2026-12-31T00:00:00Z. Instead of --for.")
    @Nullable
    private String until;

    @Option(
            names = "--product",
            paramLabel = "NAME",
            description =
                    "Product of the settings that the access is recorded as. Default: that of the access now, or the only product that gives the entitlement.")
    @Nullable
    private String product;

    @Nullable
    String product() {
        return product;
    }

    /** @throws UserException if there is not exactly one of the options */
    void requireOne() {
        if ((length == null) == (until == null)) {
            throw UserException.usage(
                    "--for and --until: %s (expected: one of them)".formatted(length == null ? "none" : "both"));
        }
    }

    /**
     * The end of access.
     *
     * @param start from which --for counts
     * @throws UserException if there is not exactly one of the options, or the end is not in the future
     */
    Instant end(Instant start, Instant now) {
        requireOne();
        return length == null
                ? TimeOption.deadline("--until", String.valueOf(until), now)
                : start.atZone(ZoneOffset.UTC).plus(Period.parse(length)).toInstant();
    }
}
