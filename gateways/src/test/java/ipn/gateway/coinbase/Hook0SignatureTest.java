package ipn.gateway.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Failed;
import ipn.gateway.Reverification.Verified;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers that the signature covers, and how they are joined. The literals were computed outside this project, with openssl. */
class Hook0SignatureTest {
    private static final String BODY = "{\"id\":\"1\"}";
    private static final String NAMES = "content-type x-event-id x-event-type";
    private static final String V0 = "e547f9a0db2ee90fd84948cd0f4170a5c02ae5d104f6413f443a0b1eb3e3f030";
    private static final String V1 = "92fe8802827fee353f4460afc89c17bf60561dcde52edd9f480c418996566ebb";
    private static final String SIGNATURE = "t=1788264000,h=" + NAMES + ",v1=" + V1;
    private static final Map<String, String> HEADERS = CoinbaseUnderTest.SIGNED;

    @Test
    void the_signature_covers_the_time_the_names_the_values_and_the_body() {
        assertThat(judge(SIGNATURE, HEADERS, BODY)).isEqualTo(new Genuine("hmac-sha256", "env:CDP"));
    }

    @Test
    void other_parts_and_their_order_do_not_matter() {
        assertThat(judge("v1=" + V1 + ",v2=00,x,h=" + NAMES + ",t=1788264000,v0=00", HEADERS, BODY))
                .isInstanceOf(Genuine.class);
    }

    @Test
    void values_are_joined_in_the_order_of_the_names() {
        var reversed = "t=1788264000,h=x-event-type x-event-id content-type,v1=";
        assertThat(judge(reversed + "90e382e6bf780a2e13cafcda95ccfbc1f48653199bd22676a5d21066b0834029", HEADERS, BODY))
                .isInstanceOf(Genuine.class);
        assertThat(judge(reversed + V1, HEADERS, BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void a_merchants_own_headers_can_be_listed() {
        var headers = Map.of("content-type", "application/json", "x-hook0-id", "msg_0001");
        assertThat(judge(
                        "t=1788264000,h=content-type x-hook0-id,"
                                + "v1=0c5f5cae97ebd89f899b23cc5a7f22e21038790e2bf61a841e52a2ffc5b46f10",
                        headers,
                        BODY))
                .isInstanceOf(Genuine.class);
    }

    @Test
    void a_stored_delivery_whose_signature_covers_headers_that_are_not_stored_is_proved_by_its_time_and_body() {
        var signature = "t=1788264000,v0=" + V0 + ",h=content-type x-shop-token,v1=" + V1;
        var stored = Map.of("content-type", "application/json");

        assertThat(reverified(signature, stored, BODY)).isEqualTo(new Verified());
        assertThat(reverified(signature, stored, BODY + " ")).isEqualTo(new Failed(Reason.SIGNATURE_WRONG));
        assertThat(reverified(signature.replace("t=1788264000", "t=1788264001"), stored, BODY))
                .isEqualTo(new Failed(Reason.SIGNATURE_WRONG));
        assertThat(reverified(signature.replace("v0=" + V0, "v0=" + V1), stored, BODY))
                .isEqualTo(new Failed(Reason.SIGNATURE_WRONG));
        assertThat(reverified(signature.replace("v0=" + V0 + ",", ""), stored, BODY))
                .isEqualTo(new Failed(Reason.SIGNATURE_MALFORMED));
        assertThat(judge(signature, stored, BODY)).isInstanceOf(Rejected.class);
    }

    @Test
    void a_stored_delivery_whose_signed_headers_are_stored_is_proved_by_all_of_them() {
        var signature = "t=1788264000,v0=" + V0 + ",h=" + NAMES + ",v1=" + V1;

        assertThat(reverified(signature, HEADERS, BODY)).isEqualTo(new Verified());
        assertThat(reverified(signature, with("x-event-id", "other"), BODY))
                .isEqualTo(new Failed(Reason.SIGNATURE_WRONG));
        var absent = new TreeMap<>(HEADERS);
        absent.remove("x-event-id");
        assertThat(reverified(signature, absent, BODY)).isEqualTo(new Failed(Reason.SIGNATURE_MALFORMED));
    }

    private static Reverification reverified(String signature, Map<String, String> values, String body) {
        return CoinbaseUnderTest.open("{mode: test, cdp-secrets: 'env:CDP'}")
                .reverify(new Delivery(headers(signature, values), Bytes.utf8(body), GatewayUnderTest.SIGNED_AT));
    }

    @Test
    @Proves(Proof.TAMPERING)
    void every_listed_header_has_to_have_its_signed_value() {
        assertThat(HEADERS).hasSize(3).allSatisfy((name, value) -> {
            assertThat(judge(SIGNATURE, with(name, value + "x"), BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
            assertThat(judge(SIGNATURE, with(name, value.toUpperCase(Locale.ROOT) + "X"), BODY))
                    .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
            assertThat(judge(SIGNATURE, with(name, ""), BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        });
    }

    @Test
    void every_listed_header_has_to_be_there_exactly_once() {
        assertThat(HEADERS).hasSize(3).allSatisfy((name, value) -> {
            var absent = headers(SIGNATURE, HEADERS);
            absent.remove(name);
            assertThat(judge(absent, BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
            var twice = headers(SIGNATURE, HEADERS);
            twice.put(name, List.of(value, value));
            assertThat(judge(twice, BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
            twice.put(name, List.of(value, "other"));
            assertThat(judge(twice, BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
        });
    }

    @Test
    void headers_that_are_not_listed_do_not_matter() {
        var more = new TreeMap<>(HEADERS);
        more.put("x-forwarded-for", "{\"any\":\"thing\"}");
        assertThat(judge(SIGNATURE, more, BODY)).isInstanceOf(Genuine.class);
    }

    /** Each of these divides the text that was signed in another way, so its signature is the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "payment_link                         | payment.success.{\"id\":\"1\"}",
                "payment_link.payment                 | success.{\"id\":\"1\"}",
                "payment_link.payment.success.{\"id\":\"1\"} | ``",
            })
    void the_border_between_the_last_value_and_the_body_cannot_be_moved(String value, String body) {
        assertThat(judge(SIGNATURE, with("x-event-type", value), body))
                .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    /** {@code payment_link} and a body that begins in the middle of another one, with a signature over both. */
    @Test
    void a_body_within_a_body_is_not_accepted() {
        var whole = "{\"a\":\".{}\"}";
        var signature =
                "t=1788264000,h=" + NAMES + ",v1=e9ff1e7e2400787fc95396322103bea9ddda758e55c5ffcc350b965350f48e81";
        assertThat(judge(signature, HEADERS, whole)).isInstanceOf(Genuine.class);
        assertThat(judge(signature, with("x-event-type", HEADERS.get("x-event-type") + ".{\"a\":\""), "{}\"}"))
                .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    @ParameterizedTest
    @ValueSource(strings = {" {\"id\":\"1\"}", "\n{}", "[]", "x", "1", "\"{\""})
    void a_body_begins_with_a_brace(String body) {
        assertThat(judge(SIGNATURE, HEADERS, body)).isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "a{b", "caf\u00e9", "a\u0000", "\u2028"})
    void a_listed_value_is_visible_ascii_without_a_brace(String value) {
        assertThat(judge(SIGNATURE, with("x-event-id", value), BODY))
                .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    @Test
    void the_older_signature_alone_is_not_accepted() {
        assertThat(judge("t=1788264000,v0=" + V0, HEADERS, BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge("t=1788264000,v0=" + V0 + ",h=" + NAMES, HEADERS, BODY))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void the_older_signature_does_not_replace_a_wrong_newer_one() {
        for (var wrong : List.of("0".repeat(64), V0, V1.substring(2), V1 + "00", "00")) {
            assertThat(judge("t=1788264000,v0=" + V0 + ",h=" + NAMES + ",v1=" + wrong, HEADERS, BODY))
                    .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        }
    }

    /** With no header listed, Hook0 would sign the time, three dots and the body. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "t=1788264000,v1=82e068f6da79af6f1975b7c19b43e72833308a74d5bb97206d0dbfafc0bd257a",
                "t=1788264000,h=,v1=82e068f6da79af6f1975b7c19b43e72833308a74d5bb97206d0dbfafc0bd257a",
            })
    void a_signature_that_lists_no_header_is_not_accepted(String signature) {
        assertThat(judge(signature, HEADERS, BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h= content-type x-event-id x-event-type",
                "h=content-type x-event-id x-event-type ",
                "h=content-type  x-event-id x-event-type",
                "h=content-type\tx-event-id x-event-type",
                "h=Content-Type x-event-id x-event-type",
                "h=content-type;x-event-id;x-event-type",
                "h=content-type x-event-id x-event-type x-event-type",
                "h=content-type x-event-id x-event-type,h=content-type",
                "h=content-type x-event-id x-event-type,h=content-type x-event-id x-event-type",
                "H=content-type x-event-id x-event-type",
                " h=content-type x-event-id x-event-type",
                "h =content-type x-event-id x-event-type",
                "h",
            })
    void names_have_one_spelling(String names) {
        assertThat(judge("t=1788264000," + names + ",v1=" + V1, HEADERS, BODY))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t=",
                "t=-1788264000",
                "t=01788264000",
                "t=+1788264000",
                "t=1788264000.0",
                "T=1788264000",
                "t=1788264000,t=1788264000",
                "t=1788264000,t=1788264001",
                "t=9223372036854775808",
                "x=1"
            })
    void the_time_has_one_spelling(String time) {
        assertThat(judge(time + ",h=" + NAMES + ",v1=" + V1, HEADERS, BODY))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void a_signature_has_one_spelling() {
        var begin = "t=1788264000,h=" + NAMES + ",";
        for (var other : List.of(
                "v1=" + V1.toUpperCase(Locale.ROOT),
                "v1= " + V1,
                "v1=" + V1 + " ",
                "v1=" + V1.substring(1),
                "v1=",
                "v1",
                "V1=" + V1,
                "v1=" + V1 + ",v1=" + V1,
                "v1=" + "0".repeat(64) + ",v1=" + V1)) {
            assertThat(judge(begin + other, HEADERS, BODY))
                    .as(other)
                    .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        }
    }

    private static Map<String, String> with(String name, String value) {
        var headers = new TreeMap<>(HEADERS);
        headers.put(name, value);
        return headers;
    }

    private static Map<String, List<String>> headers(String signature, Map<String, String> values) {
        var headers = new HashMap<String, List<String>>();
        values.forEach((name, value) -> headers.put(name, List.of(value)));
        headers.put(Hook0Signature.HEADER, List.of(signature));
        return headers;
    }

    private static Verdict judge(String signature, Map<String, String> values, String body) {
        return judge(headers(signature, values), body);
    }

    private static Verdict judge(Map<String, List<String>> headers, String body) {
        var now = GatewayUnderTest.SIGNED_AT;
        return CoinbaseUnderTest.open("{mode: test, cdp-secrets: 'env:CDP'}")
                .authenticate(new Delivery(headers, Bytes.utf8(body), now), now)
                .toCompletableFuture()
                .join();
    }
}
