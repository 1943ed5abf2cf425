package ipn.app.command.decide;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.command.IpnCommand;
import ipn.app.command.Session;
import ipn.app.output.Terminal;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.key.Sha256;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is stored as shown is what was printed. */
class PreviewedTest {
    private static final List<String> PREVIEW = List.of("REVOKE u_42: entitlement premium", "u_42 has: nothing");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Decision> written = new ArrayList<>();

    private int decide(boolean json, String... options) {
        var root = new IpnCommand();
        new CommandLine(root).parseArgs(json ? new String[] {"--json"} : new String[0]);
        var session = new Session(
                root, Map.of(), new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false));
        var previewed = CommandLine.populateCommand(new Previewed(), options);
        return previewed.decide(session, draft(), PREVIEW, decision -> {
            written.add(decision);
            return 0;
        });
    }

    private static Decision.Builder draft() {
        return Decision.newBuilder()
                .setDecisionId("d_1")
                .setKind(DecisionKind.REVOKE)
                .setTarget(DecisionTarget.SUBJECT)
                .setAbout("u_42")
                .setEntitlement("premium")
                .setBy("ada")
                .setAt(Instant.parse("2026-09-01T12:00:00Z"))
                .setWhy("looked into");
    }

    @Test
    void the_digest_is_that_of_the_printed_lines() {
        assertThat(decide(false, "--yes")).isZero();
        var printed = String.join("\n", out.toString().lines().toList());
        assertThat(printed).isEqualTo(String.join("\n", PREVIEW));
        assertThat(written)
                .singleElement()
                .satisfies(decision -> assertThat(decision.getShown()).isEqualTo(Sha256.hex(printed)));
    }

    @Test
    void with_json_nothing_is_shown_before_and_the_decision_says_so() {
        assertThat(decide(true, "--yes")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(written)
                .singleElement()
                .satisfies(decision -> assertThat(decision.getShown()).isNull());
    }

    @Test
    void without_confirmation_and_in_a_dry_run_nothing_is_written() {
        assertThat(decide(false)).isEqualTo(1);
        assertThat(err.toString()).contains("not confirmed: nothing was written");
        assertThat(decide(false, "--dry-run")).isZero();
        assertThat(out.toString()).contains("dry run: nothing was written");
        assertThat(decide(true, "--dry-run")).isZero();
        assertThat(out.toString()).contains("\"preview\" : [", "u_42 has: nothing");
        assertThat(written).isEmpty();
    }
}
