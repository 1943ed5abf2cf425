package ipn.app.command.operate;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.command.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dry run of an import, which needs no Kafka, and wrong usage. */
class ImportCommandTest {
    private static final String HEADER =
            "id,Plan,Status,Current Period Start (UTC),Current Period End (UTC),user_id (metadata)\n";
    private static final String GOOD = "sub_1,price_premium,active,2026-09-01 12:00,2099-10-01 12:00,u_1\n";

    @TempDir
    private Path folder;

    private final Console console = new Console(Map.of());

    @Test
    void a_dry_run_prints_what_would_be_imported() throws IOException {
        assertThat(run(GOOD.replace("2099", "2027"), "--dry-run")).isZero();
        assertThat(console.output())
                .contains(
                        "1 line(s), 1 subscription(s), as of 2026-09-15T00:00:00Z", "stripe/main", "premium", "active")
                .contains("No line has a problem.");
    }

    @Test
    void problems_are_listed_with_their_lines_and_collected_in_a_file() throws IOException {
        var errors = folder.resolve("errors.jsonl");
        var lines = GOOD.replace("2099", "2027")
                + "sub_2,price_gold,active,2026-09-01 12:00,2026-10-01 12:00,u_2\n"
                + "sub_3,price_premium,active,2026-09-01 12:00,2026-10-01 12:00,\n"
                + "sub_4,price_premium,fine,2026-09-01 12:00,2026-10-01 12:00,u_4\n";
        assertThat(run(lines, "--dry-run", "--errors", errors.toString())).isEqualTo(1);
        assertThat(console.output())
                .contains(
                        "price_gold",
                        "unknown product: 1 line(s), imported, and granting nothing",
                        "line 3: price_gold")
                .contains("no subject: 1 line(s), imported, and granting nothing", "line 4: ")
                .contains("malformed: 1 line(s), not imported", "line 5: status: unknown");
        assertThat(Files.readAllLines(errors)).hasSize(3).anyMatch(line -> line.contains("\"line\":4"));
    }

    @Test
    void a_time_in_the_future_is_wrong_usage() throws IOException {
        var file = Files.writeString(folder.resolve("export.csv"), HEADER + GOOD);
        assertThat(console.run(
                        "import",
                        "subscriptions",
                        file.toString(),
                        "--config=built-in",
                        "--from",
                        "stripe",
                        "--dry-run",
                        "--as-of",
                        "2099-01-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(console.errors()).contains("--as-of: 2099-01-01T00:00:00Z is in the future");
    }

    @Test
    void without_the_time_of_the_export_it_is_wrong_usage() throws IOException {
        var file = Files.writeString(folder.resolve("export.csv"), HEADER + GOOD);
        assertThat(console.run(
                        "import",
                        "subscriptions",
                        file.toString(),
                        "--config=built-in",
                        "--from",
                        "stripe",
                        "--dry-run"))
                .isEqualTo(2);
        assertThat(console.errors()).contains("--as-of: missing");
    }

    @Test
    void an_unknown_account_and_a_missing_file_are_wrong_usage() throws IOException {
        assertThat(run(GOOD, "--dry-run", "--account", "mian")).isEqualTo(2);
        assertThat(console.errors()).contains("--account: mian (expected: an account of stripe in the settings: main)");
        assertThat(console.run(
                        "import",
                        "subscriptions",
                        folder.resolve("nothing").toString(),
                        "--config=built-in",
                        "--from",
                        "stripe",
                        "--dry-run"))
                .isEqualTo(2);
        assertThat(console.errors()).contains("does not exist");
    }

    private int run(String lines, String... options) throws IOException {
        var file = Files.writeString(folder.resolve("export.csv"), HEADER + lines);
        return console.run(Stream.concat(
                        Stream.of(
                                "import",
                                "subscriptions",
                                file.toString(),
                                "--config=built-in",
                                "--from",
                                "stripe",
                                "--as-of",
                                "2026-09-15T00:00:00Z"),
                        Stream.of(options))
                .toArray(String[]::new));
    }
}
