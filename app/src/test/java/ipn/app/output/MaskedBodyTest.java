package ipn.app.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class MaskedBodyTest {
    @Test
    void names_of_fields_codes_amounts_and_times_stay_and_all_else_is_masked() {
        var masked = masked(
                "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"created\":1700000000,\"livemode\":true,\"note\":\"call me\","
                        + "\"data\":{\"amount_paid\":900,\"currency\":\"eur\",\"total\":\"9.00\"}}");
        assertThat(masked)
                .contains("\"evt_1\"", "\"invoice.paid\"", "1700000000", "true", "900", "\"eur\"", "\"9.00\"")
                .contains("\"note\" : \"<masked: 7 characters>\"")
                .doesNotContain("call me");
    }

    @Test
    void personal_data_and_secrets_are_masked_whatever_their_field_is_called_beside() {
        var masked = masked(
                "{\"customer\":{\"id\":\"cus_77\",\"state\":\"CA\"},\"email\":\"ada@example.com\",\"card\":{\"code\":\"123\"},"
                        + "\"client_secret\":\"pi_1_secret_2\",\"phone\":4917012345678,\"user_id\":\"u_42\",\"id\":\"ada@example.com\","
                        + "\"status\":[\"two words\"],\"client_ip\":\"192.0.2.1\"}");
        assertThat(masked)
                .doesNotContain("cus_77", "CA", "ada", "123", "secret_2", "4917", "u_42", "two words", "192.0.2.1")
                .contains("\"customer\"", "\"client_ip\"");
    }

    @Test
    void the_claims_of_a_signed_token_are_decoded_and_masked() {
        var claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"notificationType\":\"REFUND\",\"email\":\"ada@example.com\"}".getBytes(UTF_8));
        var masked = masked("{\"signedPayload\":\"eyJhbGciOiJFUzI1NiJ9." + claims + ".c2lnbmF0dXJlMQ\"}");
        assertThat(masked).contains("\"REFUND\"").doesNotContain("ada", "c2lnbmF0dXJlMQ");
    }

    @Test
    void a_form_is_decoded_and_masked() {
        var masked = MaskedBody.of(
                "txn_id=8XY&payment_status=Completed&mc_gross=9.00&payer_email=ada%40example.com&first_name=Ada&empty"
                        .getBytes(UTF_8),
                "application/x-www-form-urlencoded; charset=UTF-8");
        assertThat(masked.lines())
                .contains("txn_id=8XY", "payment_status=Completed", "mc_gross=9.00")
                .contains("payer_email=<masked: 15 characters>", "first_name=<masked: 3 characters>");
    }

    @Test
    void what_is_neither_is_not_shown_at_all() {
        assertThat(MaskedBody.of("<xml>ada</xml>".getBytes(UTF_8), "text/xml")).isEqualTo("<masked: 14 bytes>");
        assertThat(masked("{\"broken\": ada")).isEqualTo("<masked: 14 bytes>");
        assertThat(masked("\"ada\"")).isEqualTo("<masked: 5 bytes>");
        assertThat(masked("[".repeat(60) + "\"ada\"" + "]".repeat(60))).doesNotContain("ada");
    }

    private static String masked(String json) {
        return MaskedBody.of(json.getBytes(UTF_8), "application/json");
    }
}
