package ipn.app.command.operate;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long a command waits until the stages have processed what it wrote. */
final class WaitOptions {
    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "PT30S",
            description =
                    "Wait at most this long, such as PT5M, until the replayed records are processed. Default: PT30S (30 seconds).")
    private String wait = "PT30S";

    @Option(
            names = "--no-wait",
            description = "Do not wait: report what was written, not whether it was processed. Then --wait is ignored.")
    private boolean noWait;

    /** Empty: do not wait. */
    Optional<Duration> atMost() {
        return noWait ? Optional.empty() : Optional.of(Duration.parse(wait));
    }
}
