package ipn.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ForeignMachineTest {
    @Test
    void a_machine_that_speaks_arabic_and_writes_latin_1_judges_and_reads_alike() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var machine = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Dfile.encoding=ISO-8859-1",
                        "-Duser.language=ar",
                        "-Duser.country=SA",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ForeignMachine.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            var said = new String(machine.getInputStream().readAllBytes(), US_ASCII);
            assertThat(machine.waitFor(30, SECONDS)).isTrue();
            assertThat(machine.exitValue()).as(said).isZero();
            assertThat(said).contains("vector stripe-2-utf8 signed alike");
        } finally {
            machine.destroyForcibly();
        }
    }
}
