package ipn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example in Node.js passes the vectors; where there is no Node.js, nothing is tested. */
class NodeVectorsTest {
    @Test
    void the_example_gives_the_same_answers() throws IOException, InterruptedException {
        assumeTrue(run("node", "--version").startsWith("v"), "Node.js is installed");
        assertThat(run("node", "--test", "vectors.test.mjs"))
                .contains("# fail 0")
                .doesNotContain("# pass 0");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .directory(Path.of("../examples/node-access").toFile())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output : "failed: " + output;
        } catch (IOException e) {
            return "";
        }
    }
}
