package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a running stage uses of changed settings. */
class RunningAccountsTest {
    private static final String ONE = "one: {mode: test, secrets: 'test:whsec_test_secret_one_1'}";
    private static final String ONE_ROTATED = "one: {mode: test, secrets: 'test:whsec_test_secret_one_2'}";
    private static final String TWO = "two: {mode: test, secrets: 'test:whsec_test_secret_two_1'}";
    private static final String LIVE = "live: {mode: live, account: acct_live, secrets: 'env:LIVE'}";

    @Test
    void replaced_secrets_and_new_accounts_are_used_and_other_accounts_stay_the_same_objects() {
        var running = running(stripe(ONE, TWO));
        var two = running.get().find("stripe", "two");

        var update = running.update(
                settings(stripe(ONE_ROTATED, TWO, "three: {mode: test, secrets: 'test:whsec_test_secret_3'}")));

        assertThat(update.used()).containsExactly("gateways.stripe.one.secrets", "gateways.stripe.three");
        assertThat(update.needRestart()).isEmpty();
        assertThat(running.get().find("stripe", "three")).isPresent();
        assertThat(running.get().find("stripe", "two")).isEqualTo(two);
    }

    @Test
    void a_second_change_is_compared_with_the_first() {
        var running = running(stripe(ONE));
        running.update(settings(stripe(ONE, TWO)));

        var update = running.update(settings(stripe(ONE_ROTATED, TWO)));

        assertThat(update.used()).containsExactly("gateways.stripe.one.secrets");
        assertThat(update.needRestart()).isEmpty();
        assertThat(running.update(settings(stripe(ONE_ROTATED, TWO))).used()).isEmpty();
    }

    @Test
    void the_first_account_of_a_gateway_is_used() {
        var running = running(stripe(ONE));

        var update = running.update(settings(stripe(ONE)
                + "  razorpay: {main: {mode: test, secrets: 'test:razorpay_test_secret', merchant: acc_test}}\n"));

        assertThat(update.used()).containsExactly("gateways.razorpay.main");
        assertThat(update.needRestart()).isEmpty();
    }

    @Test
    void the_first_live_account_needs_a_restart_and_the_second_does_not() {
        var test = running(stripe(ONE));
        assertThat(test.update(settings(stripe(ONE, LIVE))).needRestart()).containsExactly("gateways.stripe.live");
        assertThat(test.get().live()).isFalse();

        var live = running(stripe(LIVE));
        var second = "second: {mode: live, account: acct_second, secrets: 'env:SECOND'}";
        assertThat(live.update(settings(stripe(LIVE, second))).used()).containsExactly("gateways.stripe.second");
    }

    @Test
    void an_account_with_another_change_keeps_its_secrets_too() {
        var running = running(stripe(LIVE));
        var before = running.get();

        var update = running.update(settings(stripe("live: {mode: live, account: acct_other, secrets: 'env:SECOND'}")));

        assertThat(update.used()).isEmpty();
        assertThat(update.needRestart())
                .containsExactly("gateways.stripe.live.account", "gateways.stripe.live.secrets");
        assertThat(running.get()).isEqualTo(before);
    }

    @Test
    void removed_accounts_and_other_sections_need_a_restart() {
        var running = running(stripe(ONE, TWO));

        var update = running.update(settings(stripe(ONE) + "products: {premium: {kind: once}}\n"));

        assertThat(update.needRestart()).containsExactly("gateways.stripe.two", "products");
        assertThat(running.get().find("stripe", "two")).isPresent();
    }

    @Test
    void settings_with_problems_change_nothing() {
        var running = running(stripe(ONE));
        var before = running.get();

        assertThatThrownBy(() -> running.update(settings(stripe(ONE, "two: {mode: test, secrets: 'test:short'}"))))
                .isInstanceOf(SettingsException.class);
        assertThat(running.get()).isEqualTo(before);
    }

    @Test
    void a_stage_that_reads_no_secrets_ignores_their_change() {
        var started = settings(stripe(ONE)).withoutSecrets();
        var running = new RunningAccounts(Accounts.from(started), started);

        var update = running.update(settings(stripe(ONE_ROTATED, TWO)).withoutSecrets());

        assertThat(update.used()).containsExactly("gateways.stripe.two");
        assertThat(update.needRestart()).isEmpty();
    }

    private static RunningAccounts running(String yaml) {
        var settings = settings(yaml);
        var accounts = Accounts.from(settings);
        settings.problems().throwIfAny();
        return new RunningAccounts(accounts, settings);
    }

    private static Settings settings(String yaml) {
        var environment = Map.of("LIVE", "whsec_test_secret_live_1", "SECOND", "whsec_test_secret_live_2");
        return Settings.parse(yaml, environment, Path.of(""));
    }

    private static String stripe(String... accounts) {
        return "gateways:\n  stripe:\n    " + String.join("\n    ", accounts) + "\n";
    }
}
