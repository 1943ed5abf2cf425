package ipn.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerArchiveTest {
    @TempDir
    Path folder;

    @Test
    void it_is_written_once_for_the_same_jars_and_anew_for_others() throws Exception {
        var jars = jar("a.jar") + File.pathSeparator + jar("b.jar");

        var first = BrokerArchive.arguments(folder, jars);
        assertThat(first).singleElement().asString().startsWith("-XX:ArchiveClassesAtExit=" + folder);
        var archive = Files.createFile(Path.of(first.get(0).split("=")[1]));
        assertThat(BrokerArchive.arguments(folder, jars)).containsExactly("-XX:SharedArchiveFile=" + archive);

        Files.writeString(folder.resolve("b.jar"), "another build");
        assertThat(BrokerArchive.arguments(folder, jars))
                .singleElement()
                .asString()
                .startsWith("-XX:ArchiveClassesAtExit=")
                .isNotEqualTo(first.get(0));
        assertThat(archive).doesNotExist();
    }

    @Test
    void it_is_left_alone_where_classes_lie_in_folders_which_the_jvm_does_not_archive() throws Exception {
        assertThat(BrokerArchive.arguments(folder, jar("a.jar") + File.pathSeparator + folder))
                .isEmpty();
    }

    private String jar(String name) throws Exception {
        return Files.createFile(folder.resolve(name)).toString();
    }
}
