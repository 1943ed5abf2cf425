package ipn.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.command.Console;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    Path data;

    @Test
    @Timeout(120)
    void every_step_finishes_as_expected() {
        var console = new Console(Map.of());
        var exit = console.run(
                "demo",
                "--exit",
                "--data",
                data.toString(),
                "--ingress-port",
                "0",
                "--management-port",
                "0",
                "--kafka-port",
                "0",
                "--registry-port",
                "0",
                "--stand-in-port",
                "0");
        assertThat(console.output())
                .as(console.errors())
                .contains(
                        "GRANTED",
                        "EXTENDED",
                        "DUPLICATE",
                        "REFUNDED",
                        "401",
                        "MALFORMED",
                        "WRONG_RECEIVER",
                        "UNDERPAID: received 1.00 USD, expected 25.00 USD",
                        "DUPLICATE_PAYMENT",
                        "balanced: every raw record has exactly one outcome, and every unprocessable one exactly one dead letter")
                .contains("All steps finished as expected.")
                .doesNotContain("not as expected");
        assertThat(exit).isZero();
    }
}
