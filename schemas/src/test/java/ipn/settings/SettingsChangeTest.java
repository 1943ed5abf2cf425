package ipn.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsChangeTest {
    private static final String SECRET = "a-secret-long-enough";

    @TempDir
    private Path folder;

    @Test
    void lists_the_keys_whose_values_differ() {
        var before = Settings.parse("a: {same: 1, other: 2, gone: 3}\nlist: [{x: 1}]", Map.of(), folder);
        var after = Settings.parse("a: {same: 1, other: 5}\nlist: [{x: 2}]\nnew.key: {b: 1}", Map.of(), folder);

        var change = new SettingsChange(before, after);

        assertThat(change.keys("")).containsExactly("a.gone", "a.other", "list", "new.key");
        assertThat(change.keys("a")).containsExactly("a.gone", "a.other");
    }

    @Test
    void lists_the_keys_that_name_another_secret() {
        write("secret", SECRET);
        write("ipn.yaml", "one: 'file:secret'\ntwo: 'env:TWO'\n");
        var before = read();

        write("secret", SECRET + "-rotated");
        var after = before.readAgain();
        readSecrets(after);

        var change = new SettingsChange(before, after);
        assertThat(change.keys("")).isEmpty();
        assertThat(change.secrets("")).containsExactly("one");
        assertThat(change.isSecret("two")).isTrue();
    }

    @Test
    void a_secret_that_gets_an_end_is_another_secret() {
        write("secret", SECRET);
        write("ipn.yaml", "one: 'file:secret'\ntwo: 'env:TWO'\n");
        var before = read();

        write("ipn.yaml", "one: {secret: 'file:secret', until: 2026-12-01T00:00:00Z}\ntwo: 'env:TWO'\n");
        var after = before.readAgain();
        readSecrets(after);

        assertThat(new SettingsChange(before, after).secrets("")).containsExactly("one");
    }

    @Test
    void the_files_of_the_settings_and_of_their_secrets_are_compared_by_content() {
        write("secret", SECRET);
        write("ipn.yaml", "one: 'file:secret'\ntwo: 'env:TWO'\n");
        var files = read().files();

        assertThat(files.changed()).isFalse();
        write("secret", SECRET);
        assertThat(files.changed()).as("the same content").isFalse();
        write("secret", "other " + SECRET);
        assertThat(files.changed()).isTrue();
        assertThat(files.now().changed()).isFalse();
        delete("secret");
        assertThat(files.now().changed()).isFalse();
        assertThat(files.changed()).isTrue();
    }

    @Test
    void a_file_that_is_gone_is_a_problem_of_the_settings_read_again() {
        write("secret", SECRET);
        write("ipn.yaml", "one: 'file:secret'\ntwo: 'env:TWO'\n");
        var before = read();
        delete("ipn.yaml");

        assertThatThrownBy(before::readAgain).isInstanceOf(SettingsException.class);
    }

    private Settings read() {
        var settings = Settings.load(folder.resolve("ipn.yaml"), Map.of("TWO", SECRET + "-2"));
        readSecrets(settings);
        return settings;
    }

    private static void readSecrets(Settings settings) {
        settings.secrets("one", false, 16);
        settings.secrets("two", false, 16);
        settings.verify();
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
