package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.shadow.Difference;
import ipn.operations.shadow.Difference.Kind;
import ipn.operations.shadow.ShadowReport.Result;
import ipn.operations.shadow.ShadowReport.Sum;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report of a shadow as a table and as CSV. */
class ShadowTableTest {
    private static final Difference UNDERPAID = new Difference(
            Kind.ONLY_THEIRS,
            "=u,1",
            "premium",
            "post_7",
            null,
            null,
            Instant.parse("2026-10-01T00:00:00Z"),
            "UNDERPAID",
            "stripe/main/in_1",
            "v1",
            Map.of("USD", 100L));

    @Test
    void a_csv_has_a_line_for_each_difference_and_no_formula() throws IOException {
        var csv = new StringWriter();
        ShadowCsv.write(List.of(UNDERPAID), csv);
        assertThat(csv.toString().lines())
                .containsExactly(
                        "kind,subject,entitlement,scope,ours,ours_until,theirs_until,reason,payment,policy_version,money",
                        "ONLY_THEIRS,\"'=u,1\",premium,post_7,,,2026-10-01T00:00:00Z,UNDERPAID,stripe/main/in_1,v1,1.00 USD");
    }

    @Test
    void a_table_has_the_sums_and_the_first_differences() {
        var out = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), false);
        var sum = new Sum(Kind.ONLY_THEIRS, "UNDERPAID", 2, Map.of("USD", 200L));
        ShadowTable.print(new Result(9, List.of(sum), List.of(UNDERPAID, UNDERPAID), List.of()), terminal, 1);
        assertThat(out.toString())
                .contains("9 entitlement(s) compared", "only theirs", "UNDERPAID", "2.00 USD", "premium/post_7")
                .contains("... and 1 more", "2 difference(s)");
    }
}
