package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
    private final ComposeFile compose = ComposeFile.read();
    private final ImageFile image = ImageFile.read(compose.root());

    @Test
    void is_built_from_every_room_of_the_build() {
        var admitted = compose.text(".dockerignore").lines().toList();
        var rooms = Stream.of(compose.text("pom.xml").split("<module>"))
                .skip(1)
                .map(text -> text.substring(0, text.indexOf("</module>")));
        assertThat(admitted).element(1).isEqualTo("*");
        assertThat(rooms).isNotEmpty().allSatisfy(this::isAdmitted);
        assertThat(admitted).contains("!pom.xml", "!.mvn", "**/target");
        assertThat(admitted).noneMatch(line -> line.startsWith("!") && line.contains("secrets"));
    }

    /** Itself, or a folder that it is in. */
    private void isAdmitted(String path) {
        assertThat(compose.text(".dockerignore").lines()).anyMatch(line -> ("!" + path + "/").startsWith(line + "/"));
    }

    @Test
    void copies_what_is_there_and_admitted() {
        assertThat(image.copied().filter(source -> !source.equals(".")))
                .isNotEmpty()
                .allSatisfy(source -> {
                    assertThat(compose.root().resolve(source)).exists();
                    isAdmitted(source);
                });
    }

    @Test
    void starts_and_asks_with_scripts_it_copied_beside_the_jars() {
        var scripts = List.of(
                word(image.last("ENTRYPOINT")), word(image.last("HEALTHCHECK").split("CMD ")[1]));
        assertThat(scripts).containsExactly("ipn", "healthy");
        for (var script : scripts) {
            var copied = image.copied()
                    .filter(source -> source.matches("(.*/)?" + script))
                    .toList();
            assertThat(copied).hasSize(1);
            assertThat(compose.root().resolve(copied.get(0))).isExecutable();
        }
        assertThat(image.all("COPY")).anyMatch(rest -> rest.endsWith(" /opt/ipn/lib"));
        assertThat(image.variables().get("PATH")).startsWith("/opt/ipn:");
    }

    private static String word(String list) {
        return list.replaceAll("[\\[\\]\"]", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "processor", "projector", "access", "query"})
    void of_a_stage_has_the_jars_and_the_program_of_that_stage(String stage) throws Exception {
        assertThat(image.all("FROM")).contains("runtime AS " + stage);
        assertThat(image.all("COPY"))
                .contains("--from=build /lib/" + stage + " /opt/ipn/lib", "deploy/stages/" + stage + "/main /opt/ipn/");
        var program = compose.text("deploy/stages/" + stage + "/main").strip();
        assertThat(Class.forName(program).getMethod("main", String[].class).getReturnType())
                .isEqualTo(void.class);
        assertThat(program).startsWith("ipn." + stage + ".");
        assertThat(compose.service(stage).path("build").path("target").asText()).isEqualTo(stage);
    }

    @Test
    void names_no_base_image_that_could_be_moved_to_another_one() {
        var outside = image.all("FROM").stream()
                .map(rest -> rest.split(" ")[0])
                .filter(name -> !name.equals("runtime"))
                .toList();
        assertThat(outside).hasSize(2).allMatch(name -> name.startsWith("${") && name.endsWith("-is-not-set}"));
        assertThat(image.all("ARG")).allMatch(rest -> !rest.contains("="));
        assertThat(image.all("RUN")).anyMatch(rest -> rest.contains("*@sha256:*) ;; *)") && rest.contains("exit 1"));
    }

    @Test
    void is_nobody_s_root_and_hears_the_signal_to_stop() {
        assertThat(image.last("USER")).matches("[1-9][0-9]{3,}:[1-9][0-9]{3,}");
        assertThat(image.last("STOPSIGNAL")).isEqualTo("SIGTERM");
    }

    @Test
    void takes_a_share_of_the_memory_it_is_given_and_ends_when_that_is_used_up() {
        assertThat(image.variables()).containsEntry("IPN_JAVA_OPTS", "-XX:MaxRAMPercentage=50");
        assertThat(compose.text("ipn")).contains("*MaxRAMPercentage*) ;;", "-XX:+ExitOnOutOfMemoryError");
    }
}
