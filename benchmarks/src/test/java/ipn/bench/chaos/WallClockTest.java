package ipn.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.app.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallClockTest {
    @TempDir
    private Path folder;

    @Test
    void is_right_until_it_is_set() throws IOException {
        var clock = clock();
        assertThat(clock.file()).hasContent("+0s");

        clock.set(ClockStep.HOUR_AHEAD.ahead());
        assertThat(clock.file()).hasContent("+3600s");
        clock.set(ClockStep.MINUTES_BEHIND.ahead());
        assertThat(clock.file()).hasContent("-240s");
        clock.set(Duration.ZERO);
        assertThat(clock.file()).hasContent("+0s");
    }

    @Test
    void processes_read_its_file_and_keep_their_monotonic_clock() throws IOException {
        var clock = clock();

        assertThat(clock.environment())
                .containsEntry("LD_PRELOAD", clock.library().toString())
                .containsEntry("FAKETIME_TIMESTAMP_FILE", clock.file().toString())
                .containsEntry("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        assertThat(clock.file()).isAbsolute();
    }

    @Test
    void without_the_library_nothing_starts() {
        assertThatThrownBy(() -> WallClock.right(folder.resolve("absent.so"), folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--clock")
                .hasMessageContaining("absent.so");
    }

    private WallClock clock() throws IOException {
        return WallClock.right(Files.createFile(folder.resolve("libfaketime.so.1")), folder);
    }
}
