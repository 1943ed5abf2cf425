package ipn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    /** The proxy before the broker, from the port of the ingress. */
    private static final int LINK = 4;

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void what_the_caller_can_mend_is_a_message() {
        assertThat(run("chaos", "--other-build", folder.toString())).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err)
                .hasToString("ipn bench: --other-build: %s (expected: a checkout in which ./ipn was built)%n"
                        .formatted(folder));
    }

    @Test
    void so_is_a_port_in_use() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            assertThat(run("chaos", "--port", Integer.toString(port - LINK))).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(err.toString()).startsWith("ipn bench: port %d: already in use (expected: ".formatted(port));
        }
    }

    private int run(String... arguments) {
        return Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
