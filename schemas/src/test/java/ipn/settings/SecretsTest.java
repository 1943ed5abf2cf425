package ipn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    private static final String GOOD = "a-secret-long-enough";
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void come_from_the_environment_and_from_files_each_with_its_end() throws Exception {
        Files.writeString(folder.resolve("new"), GOOD + "-2\n");
        var settings = settings("secrets: [{secret: 'env:OLD', until: 2026-12-01T00:00:00Z}, 'file:new']");

        var secrets = settings.secrets("secrets", false, 16);

        assertThat(secrets).extracting(Secret::text).containsExactly(GOOD, GOOD + "-2");
        assertThat(secrets).extracting(Secret::id).containsExactly("env:OLD", "file:new");
        assertThat(secrets.get(0).activeAt(END.minusMillis(1))).isTrue();
        assertThat(secrets.get(0).activeAt(END)).isFalse();
        assertThat(secrets.get(1).activeAt(Instant.MAX)).isTrue();
        settings.verify();
    }

    @Test
    void the_end_of_a_key_is_that_of_its_last_secret_and_a_key_with_a_secret_without_an_end_has_none()
            throws Exception {
        Files.writeString(folder.resolve("new"), GOOD + "-2\n");
        var rotated = settings("secrets: [{secret: 'env:OLD', until: 2026-12-01T00:00:00Z}, 'file:new']");
        rotated.secrets("secrets", false, 16);
        assertThat(rotated.secretEnds()).isEmpty();

        var ends = settings("secrets: [{secret: 'env:OLD', until: 2026-12-01T00:00:00Z},"
                + " {secret: 'file:new', until: 2026-11-01T00:00:00Z}]");
        ends.secrets("secrets", false, 16);
        assertThat(ends.secretEnds()).isEqualTo(Map.of("secrets", END));
    }

    @Test
    void are_not_read_for_a_program_that_needs_none() {
        var settings = settings("part: {secrets: 'env:NONE', other: 'file:none', empty: []}");
        var part = settings.withoutSecrets().in("part");

        assertThat(part.readsSecrets()).isFalse();
        assertThat(settings.readsSecrets()).isTrue();
        for (var key : List.of("secrets", "other", "empty")) {
            assertThat(part.secrets(key, false, 16)).isEmpty();
        }
        settings.verify();
    }

    @Test
    void can_be_replaced_as_a_whole_by_the_environment() {
        var settings = Settings.parse(
                "secrets: [nonsense]", Map.of("IPN_SECRETS", "env:A, env:B", "A", GOOD, "B", GOOD + "-2"), Path.of(""));

        assertThat(settings.secrets("secrets", false, 16))
                .extracting(Secret::id)
                .containsExactly("env:A", "env:B");
        settings.verify();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "none at all              | {}                                        | ",
                "an empty list            | {secrets: []}                             | ",
                "a variable not set       | {secrets: 'env:NONE'}                     | secrets[0]: env:NONE is not set (expected: a secret of at least 16 characters)",
                "a variable that is blank | {secrets: 'env:BLANK'}                    | secrets[0]: env:BLANK is blank (expected: a secret of at least 16 characters)",
                "a variable too short     | {secrets: 'env:SHORT'}                    | secrets[0]: env:SHORT is too short (expected: a secret of at least 16 characters)",
                "a file that is not there | {secrets: 'file:none'}                    | secrets[0]: file:none cannot be read (expected: a secret of at least 16 characters)",
                "no reference             | {secrets: 'whsec:in-the-file-itself'}     | secrets[0]: not a reference (expected: env:NAME or file:PATH; a secret is never written in the file itself)",
                "a test secret when live  | {secrets: 'test:in-the-file-itself'}      | secrets[0]: test:*** (expected: env:NAME or file:PATH; test secrets are for accounts in mode test)",
                "a map without a secret   | {secrets: [{sekret: 'env:OLD'}]}          | secrets[0].sekret: unknown (expected: one of secret, until)",
            })
    void that_cannot_be_used_stop_the_start_and_are_never_shown(String name, String yaml, String problem) {
        var settings = settings(yaml);

        assertThat(settings.secrets("secrets", false, 16)).isEmpty();

        var problems = SettingsTest.problemsOf(settings);
        assertThat(problems)
                .contains(
                        "secrets: no usable secret (expected: at least one env:NAME or file:PATH, because nothing can be"
                                + " authenticated without)");
        if (problem != null) {
            assertThat(problems).contains(problem);
        }
        assertThat(problems).noneMatch(each -> each.contains("in-the-file-itself") || each.contains("tooshort"));
    }

    @Test
    void one_that_is_wrong_is_told_although_another_can_be_used() {
        var settings = settings("secrets: ['env:OLD', {secret: 'env:OLD', until: tomorrow, untill: x}, 'env:SHORT']");

        assertThat(settings.secrets("secrets", false, 16)).hasSize(2);

        assertThat(SettingsTest.problemsOf(settings))
                .containsExactly(
                        "secrets[1].until: tomorrow (expected: an instant, e.g. 2026-12-01T00:00:00Z)",
                        "secrets[1].untill: unknown (expected: one of secret, until)",
                        "secrets[2]: env:SHORT is too short (expected: a secret of at least 16 characters)");
    }

    @Test
    void for_tests_may_stand_in_the_file_and_are_not_shown_either() {
        var settings = settings("secrets: 'test:" + GOOD + "'");

        var secrets = settings.secrets("secrets", true, 16);

        assertThat(secrets).extracting(Secret::text).isEqualTo(List.of(GOOD));
        assertThat(secrets.get(0).id()).isEqualTo("test:***");
        settings.verify();
    }

    @Test
    void belong_to_one_owner_only() throws Exception {
        Files.writeString(folder.resolve("copy"), GOOD + "\n");
        var settings = settings("""
                first: {key: 'env:OLD', other-key: 'file:copy'}
                second: {key: ['env:SECOND', 'file:copy']}
                third: {key: 'env:OLD'}
                """);

        for (var name : List.of("first", "second", "third")) {
            var owner = settings.in(name).ownsSecrets();
            assertThat(owner.secrets("key", false, 16)).isNotEmpty();
            if (owner.has("other-key")) {
                assertThat(owner.secrets("other-key", false, 16)).hasSize(1);
            }
        }

        assertThat(SettingsTest.problemsOf(settings))
                .containsExactly(
                        "second.key: file:copy is also a secret of first, there env:OLD"
                                + " (expected: a secret of its own; merchants that have one secret in common are one account)",
                        "third.key: env:OLD is also a secret of first, there env:OLD"
                                + " (expected: a secret of its own; merchants that have one secret in common are one account)");
    }

    @Test
    void keys_without_an_owner_have_secrets_of_their_own() {
        var settings = settings("{ingress: 'env:OLD', tools: 'env:OLD'}");

        settings.secrets("ingress", false, 16);
        settings.secrets("ingress", false, 16);
        settings.secrets("tools", false, 16);

        assertThat(SettingsTest.problemsOf(settings))
                .singleElement()
                .asString()
                .startsWith("tools: env:OLD is also a secret of ingress");
    }

    @Test
    void can_be_read_again_without_naming_their_owner() {
        var settings = settings("{first: {key: 'env:OLD'}, first-b: {key: 'env:OLD'}}");

        settings.in("first").ownsSecrets().secrets("key", false, 16);
        settings.in("first").secrets("key", false, 16);
        assertThat(settings.problems().found()).isEmpty();

        settings.in("first-b").secrets("key", false, 16);
        assertThat(settings.problems().found()).hasSize(1);
    }

    @Test
    void that_are_public_may_be_used_by_several_owners() {
        var settings = settings("{first: 'env:OLD', second: 'env:OLD'}");

        for (var key : List.of("first", "second")) {
            assertThat(settings.secrets(key, false, 16, GOOD::equals)).hasSize(1);
        }

        settings.verify();
    }

    @Test
    void are_not_printed() {
        var secret = new Secret("env:A", new Secret.Value(GOOD), java.util.Optional.empty());
        assertThat(secret.toString() + secret.value() + List.of(secret)).doesNotContain(GOOD);
    }

    private Settings settings(String yaml) {
        return Settings.parse(
                yaml, Map.of("OLD", GOOD, "SECOND", GOOD + "-2", "BLANK", "  ", "SHORT", "tooshort"), folder);
    }
}
