package ipn.app.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as an image has it: beside jars, here with a Java that only says what it was told. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "ipn").toAbsolutePath().normalize();

    @Test
    void jars_of_other_people_are_on_the_class_path_behind_ours(@TempDir Path folder) throws Exception {
        var home = Files.createDirectories(folder.toRealPath().resolve("opt ipn"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(LAUNCHER, home.resolve("ipn"));

        var said = run(home.resolve("ipn"), fakeJava(folder));

        assertThat(said)
                .contains("-cp\n" + home + "/lib/*:" + home + "/plugins/*\n")
                .endsWith("ipn.app.Main\ngateways\n");
    }

    @Test
    void a_client_cannot_renegotiate_tls_and_a_program_without_memory_ends(@TempDir Path folder) throws Exception {
        var home = Files.createDirectories(folder.toRealPath().resolve("ipn"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(LAUNCHER, home.resolve("ipn"));

        assertThat(run(home.resolve("ipn"), fakeJava(folder)).lines())
                .contains("-Djdk.tls.rejectClientInitiatedRenegotiation=true", "-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void only_a_stage_that_runs_for_weeks_pays_for_the_second_compiler(@TempDir Path folder) throws Exception {
        var home = Files.createDirectories(folder.toRealPath().resolve("ipn"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(LAUNCHER, home.resolve("ipn"));
        var java = fakeJava(folder);

        assertThat(run(home.resolve("ipn"), java, "gateways").lines()).contains("-XX:TieredStopAtLevel=1");
        assertThat(run(home.resolve("ipn"), java, "up").lines()).contains("-XX:TieredStopAtLevel=1");
        assertThat(run(home.resolve("ipn"), java, "processor", "--config", "ipn.yaml"))
                .doesNotContain("TieredStopAtLevel");
        Files.writeString(home.resolve("main"), "ipn.ingress.IngressMain\n");
        assertThat(run(home.resolve("ipn"), java, "--config", "ipn.yaml")).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void an_image_of_one_stage_runs_the_program_that_it_names(@TempDir Path folder) throws Exception {
        var home = Files.createDirectories(folder.toRealPath().resolve("ipn"));
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("main"), "ipn.ingress.IngressMain\n");
        Files.copy(LAUNCHER, home.resolve("ipn"));

        assertThat(run(home.resolve("ipn"), fakeJava(folder))).endsWith("ipn.ingress.IngressMain\ngateways\n");
    }

    @Test
    void a_second_start_of_the_whole_stack_reads_its_classes_from_an_archive(@TempDir Path folder) throws Exception {
        var home = Files.createDirectories(folder.toRealPath().resolve("ipn"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(LAUNCHER, home.resolve("ipn"));
        var archive = "-XX:SharedArchiveFile=" + home + "/target/launcher/classes-25.jsa";

        assertThat(run(home.resolve("ipn"), fakeJava(folder, 25), "up").lines())
                .as("installed, perhaps where nobody may write")
                .doesNotContain(archive);
        Files.createDirectories(home.resolve("target/launcher"));
        assertThat(run(home.resolve("ipn"), fakeJava(folder, 25), "up").lines())
                .contains("-XX:+AutoCreateSharedArchive", archive);
        assertThat(run(home.resolve("ipn"), fakeJava(folder, 25), "gateways").lines())
                .as("a command must not leave an archive with its few classes")
                .doesNotContain(archive);
        assertThat(run(home.resolve("ipn"), fakeJava(folder, 17), "up").lines())
                .as("unknown option of an older JVM")
                .doesNotContain("-XX:+AutoCreateSharedArchive");
    }

    private static Path fakeJava(Path folder) throws Exception {
        return fakeJava(folder, 17);
    }

    private static Path fakeJava(Path folder, int feature) throws Exception {
        var jdk = folder.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"%d.0.1\"\n".formatted(feature));
        var java = Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return jdk;
    }

    private static String run(Path launcher, Path jdk) throws Exception {
        return run(launcher, jdk, "gateways");
    }

    private static String run(Path launcher, Path jdk, String... arguments) throws Exception {
        var command = Stream.concat(Stream.of("bash", launcher.toString()), Stream.of(arguments))
                .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("IPN_JAVA", jdk.toString());
        var process = builder.start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
