package ipn.topics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppVersionTest {
    private static final String WHOLE = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void a_build_of_a_clone_names_its_commit_and_whether_it_was_changed() {
        assertThat(AppVersion.parse("0.1.0\n0123456789ab\n$Format:%H$\n"))
                .hasToString("AppVersion[version=0.1.0, commit=Optional[0123456789ab]]");
        assertThat(AppVersion.parse("0.1.0\n0123456789ab-changed\n$Format:%H$\n")
                        .commit())
                .contains("0123456789ab-changed");
    }

    @Test
    void a_build_of_a_source_archive_names_the_commit_of_the_archive() {
        assertThat(AppVersion.parse("0.1.0\n\n" + WHOLE + "\n").commit()).contains("0123456789ab");
        assertThat(AppVersion.parse("0.1.0\n${ipn.commit}\n" + WHOLE + "\n").commit())
                .contains("0123456789ab");
    }

    @Test
    void a_build_of_other_sources_names_none() {
        assertThat(AppVersion.parse("0.1.0\n\n$Format:%H$\n").commit()).isEmpty();
        assertThat(AppVersion.parse("0.1.0").commit()).isEmpty();
    }
}
