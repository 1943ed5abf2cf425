package ipn.app.command.operate;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.deadletter.DeadLetterSummary;
import ipn.operations.deadletter.DeadLetterSummary.Cause;
import ipn.operations.deadletter.DeadLetterSummary.Group;
import ipn.operations.deadletter.DeadLetterSummary.Hit;
import ipn.topics.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TriageViewTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private static Group group(String reason, String failureClass, String stage, long recent) {
        return new Group(
                new Cause(reason, failureClass, stage, "0f3a"),
                1_200,
                "/amount: not a number (expected: digits)",
                List.of("adyen/eu", "stripe/main"),
                List.of("invoice.paid"),
                List.of("stripe/main/pi_1"),
                new Hit(1_100, 900, new TreeMap<>(Map.of("EUR", 990_000L)), 7, false),
                NOW.minus(Duration.ofHours(5)),
                NOW.minusSeconds(30),
                recent,
                "ipn.raw-0-1");
    }

    @Test
    void each_group_says_whom_it_hits_whether_it_grows_and_what_to_type() {
        var summary = new DeadLetterSummary(
                NOW, 1_200, List.of(group(Reason.WRONG_RECEIVER.name(), "policy", "processor", 12)));
        var view = TriageView.of(summary);

        assertThat(view.growing()).isEqualTo(1);
        assertThat(view.groups().get(0).gateways()).containsExactly("adyen", "stripe");
        assertThat(String.join("\n", view.lines()))
                .contains("1,200 open dead letters, 1 causes, 1 still growing")
                .contains("WRONG_RECEIVER  processor  GROWING: 12 in the last 15 minutes")
                .contains("/amount: not a number")
                .contains("adyen/eu, stripe/main; invoice.paid")
                .contains("1,100 payments, 900 users, 9900.00 EUR; user and money of 7 are not known")
                .contains("the oldest 5 h ago")
                .contains("docs/runbooks/dead-letters.md#wrong_receiver")
                .contains("ipn dlq replay --fingerprint 0f3a --dry-run");
    }

    @Test
    void what_a_replay_cannot_repair_is_looked_at_first() {
        assertThat(new TriageAdvice(group("MALFORMED", "permanent", "processor", 0)).next())
                .isEqualTo("ipn dlq show ipn.raw-0-1");
        assertThat(new TriageAdvice(group("", "", "connect:crm", 0)).next()).isEqualTo("ipn dlq show ipn.raw-0-1");
        assertThat(new TriageAdvice(group("", "", "connect:crm", 0)).runbook()).endsWith("#other-programs");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_has_its_section_in_the_runbook(Reason reason) throws IOException {
        var runbook = new TriageAdvice(group(reason.name(), "policy", "processor", 0)).runbook();
        var file = runbook.split("#", 2)[0];
        assertThat(Files.readAllLines(Path.of("..").resolve(file))).contains("### " + reason.name());
        assertThat(runbook).endsWith("#" + reason.name().toLowerCase(java.util.Locale.ROOT));
    }
}
