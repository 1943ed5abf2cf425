package ipn.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.disk.SortedStore;
import ipn.app.output.PolicyTable;
import ipn.app.output.Terminal;
import ipn.app.policy.PolicyDiffReport.Examined;
import ipn.app.policy.PolicyDiffReport.Kind;
import ipn.app.policy.PolicyDiffReport.UserChange;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.projector.preview.SettingsPreview.Change;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes are kept on disk; what is read of them is the same whatever the order in which they were found. */
class PolicyDiffReportTest {
    private static final int USERS = 300;
    private static final Cause CAUSE = new Cause("decision/preview", "", 0, 0L, false);
    private static final Instant AT = Instant.parse("2026-09-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void the_report_does_not_depend_on_the_order_in_which_changes_were_found() {
        var digests = new ArrayList<String>();
        for (var seed = 0; seed < 5; seed++) {
            try (var report = report(seed, 800)) {
                digests.add(report.digest());
                var users = new ArrayList<String>();
                report.users(user -> users.add(user.kind().ordinal() + user.user()));
                assertThat(users).hasSize(USERS).isSorted().doesNotHaveDuplicates();
                assertThat(report.users()).isEqualTo(USERS);
                assertThat(report.count(Kind.LOSES)).isEqualTo(USERS / 3);
                assertThat(report.money(Kind.LOSES)).containsExactly(Map.entry("USD", 800L * USERS / 3));
                assertThat(report.opening()).isEqualTo(USERS);
                assertThat(report.isEmpty()).isFalse();
            }
        }
        assertThat(digests.stream().distinct()).hasSize(1);
        try (var other = report(0, 900)) {
            assertThat(other.digest()).isNotEqualTo(digests.get(0));
        }
    }

    @Test
    void changed_claims_are_taken_once_in_their_order_and_the_rest_is_passed_on() {
        try (var changes = new SpilledChanges()) {
            for (var number = 0; number < 4; number++) {
                for (var user : List.of("u_1", "u_10", "u_2")) {
                    changes.add(new Change("stripe/main/pi_" + number, List.of(claim(user, number)), List.of()));
                }
            }
            assertThat(changes.mayConcern(bytes("u_1/premium"))).isTrue();
            assertThat(changes.mayConcern(bytes("u_3/premium"))).isFalse();
            assertThat(changes.take("u_1/premium"))
                    .extracting(Claim::getClaimKey)
                    .containsExactly("0", "1", "2", "3");
            assertThat(changes.take("u_1/premium")).isEmpty();
            var rest = new HashMap<String, Integer>();
            changes.rest((key, claims) -> rest.merge(key, claims.size(), Integer::sum));
            assertThat(rest).containsOnly(Map.entry("u_10/premium", 4), Map.entry("u_2/premium", 4));
        }
    }

    @Test
    void json_and_csv_contain_all_users_and_the_table_the_first() throws Exception {
        var csv = folder.resolve("changes.csv");
        try (var report = report(0, 800)) {
            new PolicyDiffCsv("--csv", Optional.of(csv)).write(report);
            var json = new ObjectMapper().readTree(printed(report, true));
            assertThat(json.path("users")).hasSize(USERS);
            assertThat(json.path("users").get(0).path("money").path("USD").asLong())
                    .isEqualTo(800);
            assertThat(json.path("opening")).hasSize(USERS);
            assertThat(json.path("closing").isArray()).isTrue();
            assertThat(json.path("since").isNull()).isTrue();
            assertThat(json.path("replaced").isInt()).isTrue();
            assertThat(printed(report, false)).contains("... and 290 more").contains("100 user(s) would lose access");
        }
        assertThat(Files.readAllLines(csv)).hasSize(USERS + 1);
    }

    @Test
    void files_are_deleted_when_the_store_is_closed() {
        var store = SortedStore.create();
        store.put(bytes("key"), bytes("value"));
        assertThat(store.folder()).isNotEmptyDirectory();
        store.close();
        assertThat(store.folder()).doesNotExist();
    }

    private static String printed(PolicyDiffReport report, boolean json) {
        var text = new StringWriter();
        var terminal = new Terminal(new PrintWriter(text), new PrintWriter(text), false);
        if (json) {
            PolicyTable.printJson(report, terminal);
        } else {
            PolicyTable.print(report, 10, terminal);
        }
        return text.toString();
    }

    private static PolicyDiffReport report(int seed, long amount) {
        var users = new ArrayList<Integer>();
        for (var number = 0; number < USERS; number++) {
            users.add(number);
        }
        Collections.shuffle(users, new Random(seed));
        var changes = new SpilledChanges();
        for (var number : users) {
            changes.add(new Change("stripe/main/pi_" + number, List.of(), List.of(discrepancy(number))));
            changes.add(new UserChange(
                    Kind.values()[number % 3],
                    "u_" + number,
                    "premium",
                    "",
                    "ACTIVE (premium)",
                    "none",
                    "UNDERPAID opens",
                    Map.of("USD", amount),
                    List.of("stripe/main/pi_" + number)));
        }
        return new PolicyDiffReport(new Examined("v2", Optional.empty(), USERS, 0, 0), changes);
    }

    private static Discrepancy discrepancy(int number) {
        return Discrepancy.newBuilder()
                .setDiscrepancyId("stripe/main/pi_%d UNDERPAID".formatted(number))
                .setPaymentKey("stripe/main/pi_" + number)
                .setKind(DiscrepancyKind.UNDERPAID)
                .setState(DiscrepancyState.OPEN)
                .setExpected("9.00 USD")
                .setActual("8.00 USD")
                .setPolicyVersion("v2")
                .setCause(CAUSE)
                .setAt(AT)
                .build();
    }

    private static Claim claim(String user, int number) {
        return Claim.newBuilder()
                .setClaimKey(Integer.toString(number))
                .setPaymentKey("stripe/main/pi_" + number)
                .setSubject(user)
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.ONCE)
                .setStatus(ClaimStatus.PAID)
                .setAt(AT)
                .setTest(false)
                .setPolicyVersion("v2")
                .setCause(CAUSE)
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
