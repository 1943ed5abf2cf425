package ipn.bench.twin;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TwinBuildTest {
    @TempDir
    private Path target;

    @Test
    void a_folder_that_does_not_exist_has_no_build() throws IOException {
        assertThat(TwinBuild.find(target.resolve("target"))).isEmpty();
    }

    @Test
    void a_build_is_its_jar_and_the_jars_that_it_needs() throws IOException {
        var jar = Files.createFile(target.resolve("ipn-spring-twin-1.jar"));
        var needed = Files.createFile(target.resolve("needed.jar"));
        Files.writeString(target.resolve("classpath.txt"), needed + "\n");
        var build = TwinBuild.find(target).orElseThrow();
        assertThat(build.java(List.of("-Xmx1m"), "Main", List.of("a")))
                .endsWith("-Xmx1m", "-cp", jar + File.pathSeparator + needed, "Main", "a")
                .hasSize(6);
    }

    @Test
    void a_build_is_incomplete_when_a_jar_is_gone() throws IOException {
        Files.createFile(target.resolve("ipn-spring-twin-1.jar"));
        Files.writeString(
                target.resolve("classpath.txt"), target.resolve("needed.jar").toString());
        assertThat(TwinBuild.find(target)).isEmpty();
    }

    @Test
    void without_a_build_the_command_names_the_one_that_builds() {
        var err = new StringWriter();
        var exit =
                new CommandLine(new TwinCommand()).setErr(new PrintWriter(err)).execute("--twin", target.toString());
        assertThat(exit).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains(TwinBuild.COMMAND);
    }
}
