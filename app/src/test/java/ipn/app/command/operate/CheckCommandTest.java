package ipn.app.command.operate;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.command.Console;
import ipn.operations.conservation.ConservationCheck.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    Path folder;

    @Test
    void the_application_ids_are_those_of_the_settings() throws Exception {
        var file = Files.writeString(
                folder.resolve("ipn.yaml"),
                "processor: {application-id: shop-processor}\nprojector: {application-id: shop-projector}\n");
        assertThat(stages("check", "--config", file.toString()))
                .isEqualTo(new Stages("shop-processor", "shop-projector"));
    }

    @Test
    void an_option_replaces_the_application_id_of_the_settings() throws Exception {
        var file = Files.writeString(
                folder.resolve("ipn.yaml"),
                "processor: {application-id: shop-processor}\nprojector: {application-id: shop-projector}\n");
        assertThat(stages("check", "--config", file.toString(), "--projector-id", "rebuilt"))
                .isEqualTo(new Stages("shop-processor", "rebuilt"));
    }

    @Test
    void the_application_ids_have_defaults() throws Exception {
        var file = Files.writeString(folder.resolve("ipn.yaml"), "");
        assertThat(stages("check", "--config", file.toString()))
                .isEqualTo(new Stages("ipn-processor", "ipn-projector"));
    }

    private static Stages stages(String... arguments) {
        var parsed = new Console(Map.of()).line().parseArgs(arguments);
        return ((CheckCommand) parsed.subcommand().commandSpec().userObject()).stages();
    }
}
