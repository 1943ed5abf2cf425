package ipn.app.command.query;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.command.Commands;
import ipn.app.output.Terminal;
import ipn.runtime.management.ManagementConfig;
import ipn.runtime.management.ManagementServer;
import ipn.runtime.metrics.Metric;
import ipn.runtime.metrics.StageMeters;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The command against a management port. */
class StatusCommandTest {
    private final StageMeters meters = StageMeters.create();
    private final AtomicInteger ready = new AtomicInteger(1);
    private final ManagementServer server =
            ManagementServer.start(new ManagementConfig("127.0.0.1", 0), meters.registry(), List.of());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        server.close();
        meters.close();
    }

    private int status(String... more) {
        Metric.INGRESS_READY.gauge(meters.registry(), ready, AtomicInteger::get);
        Metric.STAGE_RUNNING.gauge(meters.registry(), 1, Integer::doubleValue, "processor");
        Metric.STAGE_RUNNING.gauge(meters.registry(), 1, Integer::doubleValue, "projector");
        var all = new String[more.length + 2];
        all[0] = "status";
        all[1] = "--url=http://127.0.0.1:" + server.port();
        System.arraycopy(more, 0, all, 2, more.length);
        return run(all);
    }

    private int run(String... arguments) {
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, 80);
        return Commands.line(Map.of(), terminal).execute(arguments);
    }

    @Test
    void all_is_well() {
        assertThat(status()).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("^20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\\R")
                .contains("ingress    running")
                .contains("all is well")
                .doesNotContain("account  last");
    }

    @Test
    void accounts_without_a_request_are_counted_and_shown_when_asked_for() {
        Metric.INGRESS_LAST_STORED_SECONDS.gauge(meters.registry(), 0, Integer::doubleValue, "stripe", "main");
        status();
        assertThat(out.toString())
                .contains("1 account(s) without a request since the start (ipn status --all)")
                .doesNotContain("stripe/main");
        status("--all");
        assertThat(out.toString()).containsPattern("stripe/main +never");
    }

    @Test
    void something_is_wrong() {
        ready.set(0);
        assertThat(status("--json")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"state\" : \"not running\"")
                .contains("docs/runbooks/stage-not-running.md");
    }

    @Test
    void one_of_several_ports_does_not_answer() {
        assertThat(status("--url=http://127.0.0.1:1")).isEqualTo(1);
        assertThat(out.toString()).contains("http://127.0.0.1:1 does not answer");
    }

    @Test
    void nothing_runs() {
        assertThat(run("status", "--url=http://127.0.0.1:1")).isEqualTo(3);
        assertThat(err.toString())
                .contains("http://127.0.0.1:1: no answer (expected: the management port of a running stage; ")
                .doesNotContain("Exception");
    }
}
