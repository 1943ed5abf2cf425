package ipn.gateway.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.gateway.content.Bytes;
import ipn.settings.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignatureKeyTest {
    private static final Secret SECRET =
            new Secret("env:KEY", new Secret.Value("whsec_test_of_keys"), Optional.empty());

    @Test
    void a_key_shows_where_it_came_from_and_not_itself() {
        assertThat(SignatureKey.hmac(SECRET, "v1", Bytes.wrap(SECRET.utf8())).toString())
                .contains("env:KEY")
                .doesNotContain("whsec_test_of_keys");
    }

    @Test
    void an_empty_key_is_none() {
        assertThatThrownBy(() -> SignatureKey.hmac(SECRET, "v1", Bytes.utf8("")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
