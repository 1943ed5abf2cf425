package ipn.runtime.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE); // of a clock that may be anywhere
    private TestIssuer issuer;
    private IssuerKeys keys;

    @BeforeEach
    void start() throws Exception {
        issuer = new TestIssuer();
        keys = new IssuerKeys(issuer.url(), nanos::get);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void are_fetched_once_for_many_tokens() {
        for (var i = 0; i < 100; i++) {
            assertThat(keys.find("ec")).isPresent();
        }
        assertThat(issuer.fetches).hasValue(1);
    }

    @Test
    void are_fetched_seldom_whatever_ids_tokens_name() {
        for (var i = 0; i < 100; i++) {
            assertThat(keys.find("unknown" + i)).isEmpty();
            pass(Duration.ofSeconds(1));
        }
        assertThat(issuer.fetches).hasValue(4);
    }

    @Test
    void a_new_one_is_found_after_a_moment_and_a_withdrawn_one_is_forgotten() {
        assertThat(keys.find("ec")).isPresent();
        var next = TestIssuer.pair("RSA");
        issuer.setKeys(new RSAKey.Builder((RSAPublicKey) next.getPublic())
                .keyID("next")
                .build());
        pass(Duration.ofSeconds(31));
        assertThat(keys.find("next")).isPresent();
        assertThat(keys.find("ec")).isEmpty();
    }

    @Test
    void a_withdrawn_one_is_forgotten_without_a_new_one() {
        assertThat(keys.find("ec")).isPresent();
        issuer.setKeys();
        pass(Duration.ofMinutes(6));
        assertThat(keys.find("ec")).isEmpty();
    }

    @Test
    void from_before_are_used_while_the_issuer_is_away_but_not_for_ever() {
        assertThat(keys.find("ec")).isPresent();
        issuer.close();
        pass(Duration.ofHours(3));
        assertThat(keys.find("ec")).isPresent();
        pass(Duration.ofHours(2));
        assertThatThrownBy(() -> keys.find("ec")).isInstanceOf(RefusedException.class);
    }
}
