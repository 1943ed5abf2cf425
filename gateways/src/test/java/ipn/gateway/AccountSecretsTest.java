package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A secret authenticates the deliveries of one account only. */
class AccountSecretsTest {
    private static final String SECRET = "whsec_0123456789abcdef0123456789abcdef";
    private static final String PUBLIC_KEY = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("ONE", SECRET, "SAME", SECRET, "OTHER", SECRET + "0", "PUBLIC", PUBLIC_KEY);

    private static final String RULE =
            " (expected: a secret of its own; merchants that have one secret in common are one account)";

    @Test
    void two_accounts_with_one_secret_are_a_problem_that_names_both_and_not_the_secret() {
        assertThat(problems("""
                gateways:
                  stripe:
                    main: {mode: live, secrets: ["env:ONE"], account: any}
                    second: {mode: live, secrets: ["env:OTHER", "env:SAME"], account: any}
                    third: {mode: live, secrets: ["env:ONE"], account: any}
                  razorpay:
                    main: {mode: live, secrets: ["env:ONE"], account: any}
                """))
                .containsExactly(
                        "gateways.razorpay.main.secrets: env:ONE is also a secret of gateways.stripe.main, there env:ONE"
                                + RULE,
                        "gateways.stripe.second.secrets: env:SAME is also a secret of gateways.stripe.main, there env:ONE"
                                + RULE,
                        "gateways.stripe.third.secrets: env:ONE is also a secret of gateways.stripe.main, there env:ONE"
                                + RULE);
    }

    @Test
    void test_secrets_that_the_settings_contain_may_be_shared_but_not_with_a_secret_of_the_environment() {
        assertThat(problems("""
                gateways:
                  stripe:
                    main: {mode: test, secrets: ["test:%1$s"]}
                    second: {mode: test, secrets: ["test:%1$s"]}
                    third: {mode: test, secrets: ["env:ONE"]}
                """.formatted(SECRET)))
                .containsExactly(
                        "gateways.stripe.third.secrets: env:ONE is also a secret of gateways.stripe.main, there test:***"
                                + RULE);
    }

    @Test
    void one_account_may_use_a_secret_under_several_keys() {
        assertThat(problems("""
                gateways:
                  coinbase:
                    main: {mode: test, secrets: ["env:ONE"], cdp-secrets: ["env:ONE"]}
                """)).isEmpty();
    }

    @Test
    void public_keys_and_certificates_are_no_secrets() {
        assertThat(problems("""
                gateways:
                  standard-webhooks:
                    main: {mode: live, secrets: ["env:PUBLIC"], mapping: {payment: /data/id}}
                    second: {mode: live, secrets: ["env:PUBLIC"], mapping: {payment: /data/id}}
                """)).isEmpty();
    }

    private static List<String> problems(String yaml) {
        var settings = Settings.parse(yaml, ENVIRONMENT, Path.of(""));
        var accounts = Accounts.from(settings);
        assertThat(accounts.byName()).isNotEmpty();
        return settings.problems().found();
    }
}
