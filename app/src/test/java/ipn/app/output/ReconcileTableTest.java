package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.reconcile.match.Comparison;
import ipn.operations.reconcile.match.Comparison.Fees;
import ipn.operations.reconcile.match.Comparison.Sum;
import ipn.operations.reconcile.match.LineChoice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconcileTableTest {
    private static String printed(List<Sum> sums, long findings) {
        var out = new StringWriter();
        var comparison = new Comparison(
                2,
                0,
                null,
                null,
                2,
                2,
                sums,
                List.of(new Fees("USD", 119_483, 0)),
                Map.of(),
                findings,
                List.of(),
                0,
                0);
        ReconcileTable.print(
                comparison, LineChoice.ALL, new Terminal(new PrintWriter(out), new PrintWriter(out), false), false);
        return out.toString();
    }

    @Test
    void fees_that_only_the_report_has_are_no_difference() {
        assertThat(printed(List.of(), 0))
                .contains("1194.83 USD", "Fees are no difference: ", "Report and payments agree.");
    }

    @Test
    void fees_that_differ_are_counted() {
        assertThat(printed(List.of(new Sum("FEE_DIFFERS", "CAPTURE", "USD", 3, 100, 99)), 3))
                .contains("Fees that notifications contain and that differ from the report: 3, counted as differences")
                .doesNotContain("Fees are no difference");
    }
}
