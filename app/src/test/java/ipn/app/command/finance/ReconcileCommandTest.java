package ipn.app.command.finance;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.command.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong arguments are reported before any payment is read. */
class ReconcileCommandTest {
    private static final int WRONG_USAGE = 2;

    @TempDir
    private Path folder;

    private final Console console = new Console(Map.of());
    private Path report;

    @BeforeEach
    void write() throws IOException {
        report = Files.writeString(folder.resolve("report.csv"), "currency,gross\nusd,1.00\n");
    }

    @Test
    void an_account_that_is_not_configured() {
        assertThat(reconcile("stripe", "mian", report.toString())).isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("stripe/mian: no such account", "stripe/main");
    }

    @Test
    void a_file_that_is_not_there() {
        assertThat(reconcile("stripe", "main", folder.resolve("nothing.csv").toString()))
                .isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("nothing.csv does not exist");
    }

    @Test
    void a_layout_nobody_has_described() {
        assertThat(reconcile("stripe", "main", report.toString(), "--layout", "mine"))
                .isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("--layout: mine", "activity");
        assertThat(reconcile("razorpay", "main", report.toString())).isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("razorpay: no layout for its reports", "reconcile.razorpay");
    }

    @Test
    void a_report_without_the_columns_names_those_it_has() {
        assertThat(reconcile("stripe", "main", report.toString())).isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("reporting_category (type)", "found: currency, gross");
    }

    @Test
    void an_injection_that_nobody_could_agree_to() {
        assertThat(reconcile("stripe", "main", report.toString(), "--inject", "--why", "outage"))
                .isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("--inject", "--yes");
    }

    @Test
    void an_injection_without_a_reason() {
        assertThat(reconcile("stripe", "main", report.toString(), "--inject", "--yes"))
                .isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("--why: missing");
    }

    @Test
    void a_dry_run_of_nothing() {
        assertThat(reconcile("stripe", "main", report.toString(), "--dry-run")).isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("--dry-run: without --inject");
    }

    @Test
    void a_time_that_ends_before_it_begins() {
        assertThat(reconcile("stripe", "main", report.toString(), "--since", "2026-09-02", "--until", "2026-09-01"))
                .isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("--since: 2026-09-02 (expected: not after --until, 2026-09-01)");
    }

    @Test
    void a_payment_of_another_account() {
        assertThat(reconcile("stripe", "main", report.toString(), "--payment", "stripe/eu/pi_1"))
                .isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("--payment: stripe/eu/pi_1", "stripe/main/ID");
    }

    @Test
    void a_time_that_is_none() {
        assertThat(reconcile("stripe", "main", report.toString(), "--since", "yesterday"))
                .isEqualTo(WRONG_USAGE);
        assertThat(console.errors()).contains("--since: yesterday");
    }

    private int reconcile(String gateway, String account, String file, String... more) {
        var words = new String[9 + more.length];
        System.arraycopy(
                new String[] {
                    "reconcile", "--config", "built-in", "--gateway", gateway, "--account", account, "--report", file
                },
                0,
                words,
                0,
                9);
        System.arraycopy(more, 0, words, 9, more.length);
        return console.run(words);
    }
}
