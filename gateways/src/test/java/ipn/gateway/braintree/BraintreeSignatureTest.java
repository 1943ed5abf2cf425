package ipn.gateway.braintree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.TestFiles;
import ipn.gateway.ChallengeResponder;
import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.Hmac;
import ipn.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key pairs, the text that is signed, and the challenge. */
class BraintreeSignatureTest {
    private static final Bytes XML = Bytes.utf8(BraintreeSays.notification("check", "<check>true</check>"));
    private static final String PAYLOAD = BraintreeSays.payload(XML);
    private static final String GOOD = BraintreeSignature.sign(PAYLOAD, BraintreeSays.PUBLIC, BraintreeSays.PRIVATE);
    private static final String HEX = GOOD.substring(GOOD.indexOf('|') + 1);
    private static final String BOTH =
            "{mode: test, key-pairs: {other_public_key: 'env:BRAINTREE_OTHER', integration_public_key: 'env:BRAINTREE'}}";

    @Test
    void either_of_two_key_pairs_counts_and_each_only_under_its_own_name() {
        var other = BraintreeSignature.sign(PAYLOAD, "other_public_key", "another_private_key_1");
        var swapped = BraintreeSignature.sign(PAYLOAD, "other_public_key", BraintreeSays.PRIVATE);
        assertThat(judge(BOTH, GOOD, PAYLOAD)).isEqualTo(new Genuine("hmac-sha1", "env:BRAINTREE"));
        assertThat(judge(BOTH, other, PAYLOAD)).isEqualTo(new Genuine("hmac-sha1", "env:BRAINTREE_OTHER"));
        assertThat(judge(BOTH, other + "&" + GOOD, PAYLOAD)).isInstanceOf(Genuine.class);
        assertThat(judge(BOTH, swapped, PAYLOAD)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(BraintreeSays.USUAL, other, PAYLOAD)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void pairs_of_others_beside_ours_are_fine() {
        for (var signature : List.of(
                "other_public_key|" + "0".repeat(40) + "&" + GOOD,
                GOOD + "&x",
                "&" + GOOD,
                GOOD + "&a|zz",
                "|00&" + GOOD)) {
            assertThat(judge(BraintreeSays.USUAL, signature, PAYLOAD))
                    .as(signature)
                    .isInstanceOf(Genuine.class);
        }
        assertThat(judge(BraintreeSays.USUAL, "a|00&".repeat(16) + GOOD, PAYLOAD))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "|", "|00", "integration_public_key", "integration_public_key|", "integration_public_key|zz"
            })
    void a_signature_that_is_no_pair_is_malformed(String signature) {
        assertThat(judge(BraintreeSays.USUAL, signature, PAYLOAD)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void a_signature_cut_off_or_in_capitals_is_not_believed() {
        for (var length = 2; length < HEX.length(); length += 2) {
            assertThat(judge(BraintreeSays.USUAL, GOOD.substring(0, GOOD.length() - length), PAYLOAD))
                    .isInstanceOf(Rejected.class);
        }
        var capitals = BraintreeSays.PUBLIC + "|" + HEX.toUpperCase(Locale.ROOT);
        assertThat(judge(BraintreeSays.USUAL, capitals, PAYLOAD)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge(BraintreeSays.USUAL, GOOD + "00", PAYLOAD)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void the_key_is_the_hash_of_the_private_key_and_not_the_private_key() {
        var raw = Hmac.SHA1.over(BraintreeSays.PRIVATE.getBytes(StandardCharsets.UTF_8), List.of(Bytes.utf8(PAYLOAD)));
        var signature = BraintreeSays.PUBLIC + "|" + HexFormat.of().formatHex(raw.array());
        assertThat(judge(BraintreeSays.USUAL, signature, PAYLOAD)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void one_line_break_may_be_lost_at_the_end_and_nothing_else() {
        var stripped = PAYLOAD.substring(0, PAYLOAD.length() - 1);
        assertThat(judge(BraintreeSays.USUAL, GOOD, stripped)).isInstanceOf(Genuine.class);
        assertThat(judge(BraintreeSays.USUAL, GOOD, PAYLOAD + "\n")).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(BraintreeSays.USUAL, GOOD, PAYLOAD.replace("\n", "")))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        var account = BraintreeSays.open(BraintreeSays.USUAL);
        assertThat(account.identify(BraintreeSays.delivery(GOOD, stripped)))
                .isEqualTo(account.identify(BraintreeSays.delivery(GOOD, PAYLOAD)));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\r\n", "-", "_", "\u00e9", "\0", "%", "<"})
    void a_payload_with_a_character_that_is_not_base64_is_not_even_tried(String character) {
        var payload = PAYLOAD + character;
        var signature = BraintreeSignature.sign(payload, BraintreeSays.PUBLIC, BraintreeSays.PRIVATE);
        assertThat(judge(BraintreeSays.USUAL, signature, payload)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void what_is_missing_or_stands_twice_is_not_believed() {
        var good = BraintreeSays.delivery(GOOD, PAYLOAD).body().utf8();
        assertThat(judge(good.replace("bt_signature", "signature"))).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judge(good.replace("bt_payload", "payload"))).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judge(good + "&bt_payload=x")).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge(good + "&bt_signature=x")).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge("")).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge("bt_signature=%zz&bt_payload=")).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void a_subscription_with_all_its_transactions_fits() {
        var charge = "<transaction><id>t%d</id><note>" + "x".repeat(20_000) + "</note></transaction>";
        var xml = new StringBuilder();
        for (var i = 0; i < 20; i++) {
            xml.append(charge.formatted(i));
        }
        var delivery = BraintreeSays.delivery(Bytes.utf8(BraintreeSays.notification(
                "subscription_expired",
                "<subscription><id>s</id><transactions>" + xml + "</transactions></subscription>")));
        var account = BraintreeSays.open(BraintreeSays.USUAL);
        assertThat(judge(account, delivery)).isInstanceOf(Genuine.class);
        assertThat(account.identify(delivery).get(0).paymentKey()).isEqualTo("braintree/main/s");
    }

    @Test
    void the_challenge_is_answered_as_in_the_vector() {
        var vector = TestFiles.vectors("braintree").stream()
                .filter(each -> each.path("id").asText().equals("braintree-3-challenge"))
                .findFirst()
                .orElseThrow();
        var answer = answer(
                BraintreeSays.USUAL,
                "bt_challenge=" + vector.path("signed_string").asText());
        assertThat(answer).contains(vector.path("expected").asText());
        assertThat(answer(
                        BraintreeSays.USUAL,
                        "a=b&bt_challenge=" + vector.path("signed_string").asText()))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "bt_challenge=",
                "bt_challenge=0123456789abcdef012",
                "bt_challenge=0123456789abcdef0123456789abcdef0",
                "bt_challenge=0123456789ABCDEF0123",
                "bt_challenge=0123456789abcdef012g",
                "bt_challenge=0123456789abcdef0123%0A",
                "bt_challenge=0123456789abcdef0123&bt_challenge=0123456789abcdef0123",
                "xbt_challenge=0123456789abcdef0123"
            })
    void nothing_else_is_signed_for_strangers(String query) {
        assertThat(answer(BraintreeSays.USUAL, query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void what_strangers_can_have_signed_is_no_notification(String end) {
        var challenge = "0123456789abcdef0123456789abcdef";
        var signature = answer(BraintreeSays.USUAL, "bt_challenge=" + challenge).orElseThrow();
        assertThat(judge(BraintreeSays.USUAL, signature, challenge + end))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void the_challenge_is_answered_with_a_pair_that_stays() {
        var section =
                "{mode: test, key-pairs: {integration_public_key: {secret: 'env:BRAINTREE', until: '2026-12-01T00:00:00Z'}, "
                        + "other_public_key: 'env:BRAINTREE_OTHER'}}";
        assertThat(answer(section, "bt_challenge=0123456789abcdef0123").orElseThrow())
                .startsWith("other_public_key|");
    }

    @Test
    void the_challenge_is_answered_with_a_pair_that_ends_where_there_is_no_other() {
        var section =
                "{mode: test, key-pairs: {integration_public_key: {secret: 'env:BRAINTREE', until: '2026-12-01T00:00:00Z'}}}";
        assertThat(answer(section, "bt_challenge=0123456789abcdef0123").orElseThrow())
                .startsWith("integration_public_key|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{mode: test} | gateways.braintree.main.key-pairs: none",
                "{mode: test, key-pairs: {}} | key-pairs: none",
                "{mode: test, key-pairs: {integration_public_key: 'test:short'}} | at least 16 characters",
                "{mode: test, key-pairs: {integration_public_key: 'integration_private_key'}} | env:NAME",
                "{mode: test, key-pairs: {integration_public_key: 'env:NOBODY'}} | is not set",
                "{mode: live, merchant-account: any, key-pairs: {integration_public_key: 'test:integration_private_key'}} | accounts in mode test",
                "{mode: test, key-pairs: {'public-key': 'env:BRAINTREE'}} | letters, digits and _",
                "{mode: test, secrets: 'env:BRAINTREE', key-pairs: {integration_public_key: 'env:BRAINTREE'}} | secrets"
            })
    void a_wrong_setting_is_told_with_what_was_expected(String section, String told) {
        assertThatThrownBy(() -> BraintreeSays.open(section))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(told);
    }

    @Test
    void neither_a_secret_nor_a_payload_is_printed() {
        assertThat(BraintreeMessage.of(Bytes.utf8("bt_signature=a&bt_payload=bcd")))
                .hasToString("BraintreeMessage[3 characters]");
        assertThat(BraintreeSays.open(BraintreeSays.USUAL).toString()).doesNotContain(BraintreeSays.PRIVATE);
    }

    private static java.util.Optional<String> answer(String section, String query) {
        return ((ChallengeResponder) BraintreeSays.open(section)).answer(query).map(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("text/plain");
            return answer.body();
        });
    }

    private static Verdict judge(String section, String signature, String payload) {
        return judge(BraintreeSays.open(section), BraintreeSays.delivery(signature, payload));
    }

    private static Verdict judge(String body) {
        return judge(
                BraintreeSays.open(BraintreeSays.USUAL),
                new Delivery(Map.of(), Bytes.utf8(body), GatewayUnderTest.RECEIVED_AT));
    }

    private static Verdict judge(ipn.gateway.GatewayAccount account, Delivery delivery) {
        return account.authenticate(delivery, GatewayUnderTest.SIGNED_AT)
                .toCompletableFuture()
                .join();
    }
}
