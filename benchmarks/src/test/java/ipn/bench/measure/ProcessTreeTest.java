package ipn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ipn.polling.Polling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    @Test
    void the_times_of_ended_children_count_and_the_name_may_contain_blanks() {
        var stat = "42 (postgres: a (b) c) S 1 42 42 0 -1 4194560 3 4 5 6 100 20 3 4 20 0 1 0 999";
        assertThat(ProcessTree.ticks(stat)).isEqualTo(127);
    }

    @Test
    void the_memory_of_children_counts() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/smaps_rollup")));
        var shell = new ProcessBuilder("sh", "-c", "sleep 60 & echo started; wait").start();
        try {
            assertThat(shell.inputReader().readLine()).isEqualTo("started");
            var sleep = shell.descendants().findFirst().orElseThrow();
            var tree = new ProcessTree(shell.pid());
            // until it has become another program, the child shares the pages of the shell
            var counted = Polling.upTo(Duration.ofSeconds(30))
                    .until(() -> tree.residentKib() > ResidentMemory.proportionalKib(shell.pid()));
            assertThat(counted).as("more memory than that of the shell").isTrue();
            sleep.destroy();
        } finally {
            shell.destroy();
            shell.waitFor();
        }
    }

    @Test
    void the_processor_time_of_a_child_that_ended_counts() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")));
        var shell = new ProcessBuilder(
                        "sh", "-c", "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; echo ended; read line")
                .start();
        try {
            assertThat(shell.inputReader().readLine()).isEqualTo("ended");
            assertThat(new ProcessTree(shell.pid()).processorTime()).isPositive();
        } finally {
            shell.destroy();
            shell.waitFor();
        }
    }
}
