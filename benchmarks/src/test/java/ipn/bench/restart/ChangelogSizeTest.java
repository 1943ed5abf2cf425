package ipn.bench.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangelogSizeTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path records;

    @Test
    void only_log_files_of_changelogs_count() throws IOException {
        write("app-payments-changelog-0/00.log", 2 * MEBIBYTE);
        write("app-payments-changelog-1/00.log", MEBIBYTE);
        write("app-payments-changelog-1/00.index", MEBIBYTE);
        write("ipn.raw-0/00.log", MEBIBYTE);
        assertThat(ChangelogSize.mebibytes(records)).isEqualTo(3);
    }

    private void write(String file, int bytes) throws IOException {
        var path = records.resolve(file);
        Files.createDirectories(records.resolve(file.substring(0, file.indexOf('/'))));
        Files.write(path, new byte[bytes]);
    }
}
