package ipn.gateway.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.TestFiles;
import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed, where its fields begin, and who else has to be right. */
class AdyenSignatureTest {
    private static final String BASIC = AdyenSays.USUAL.replace(
            "mode: test", "mode: test, basic: {user: adyenhook, password: ['env:ADYEN_PASSWORD', 'env:ADYEN_NEXT']}");

    static List<com.fasterxml.jackson.databind.JsonNode> vectors() {
        return TestFiles.vectors("adyen");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void what_is_signed_is_joined_by_colons_and_not_escaped(com.fasterxml.jackson.databind.JsonNode vector) {
        var body = AdyenBody.read(Bytes.utf8(vector.path("body").asText()));
        var signed = new AdyenItem(body.items().get(0)).signed().orElseThrow();

        assertThat(signed).isEqualTo(vector.path("signed_string").asText());
        assertThat(AdyenSignature.sign(Bytes.utf8(signed), vector.path("secret").asText()))
                .isEqualTo(vector.path("expected").asText());
    }

    @Test
    void one_item_that_is_not_genuine_refuses_them_all() {
        var good = AdyenSays.body("{}", "{'pspReference':'PSP2'}");
        assertThat(judge(good)).isInstanceOf(Genuine.class);
        assertThat(judge(good.replace("PSP2", "PSP3"))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(good.replace("PSP1", "PSP3"))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(good.replace("\"notificationItems\":[", "\"notificationItems\":[{},")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void more_items_than_anybody_sends_are_not_tried() {
        assertThat(judge(AdyenSays.body("{}, ".repeat(100).replaceAll(", $", "").split(", "))))
                .isInstanceOf(Genuine.class);
        assertThat(judge(AdyenSays.body("{}, ".repeat(101).replaceAll(", $", "").split(", "))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'pspReference':'PSP1:x'}",
                "{'originalReference':'a:b'}",
                "{'merchantAccountCode':'Test:x'}",
                "{'amount':{'value':'1:1','currency':'USD'}}",
                "{'amount':{'value':1,'currency':'USD:'}}",
                "{'pspReference':''}",
                "{'success':'True'}",
                "{'success':true}",
                "{'eventCode':'a:b'}",
                "{'amount':{'value':1.5,'currency':'USD'}}",
                "{'amount':{'value':1e2,'currency':'USD'}}",
                "{'amount':5}",
                "{'merchantReference':['x']}"
            })
    void what_could_be_read_two_ways_is_not_believed_although_it_is_signed(String item) {
        assertThat(judge(AdyenSays.body(item))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void half_a_character_has_no_bytes_that_could_be_signed() {
        var signed = AdyenSays.body("{'merchantReference':'?'}");
        assertThat(judge(signed)).isInstanceOf(Genuine.class);
        assertThat(judge(signed.replace("\"?\"", "\"\\ud800\""))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount=1&currency=EUR",
                "amount=1&value=5",
                "currency=EUR&amount=1",
                "additionalData=1&additionalData.hmacSignature=x",
                "additionalData.hmacSignature=x&additionalData=1"
            })
    void a_form_whose_field_is_a_group_as_well_is_refused_without_an_exception(String form) {
        assertThat(judge(form)).isInstanceOf(Rejected.class);
    }

    @Test
    void a_border_between_fields_cannot_be_moved() {
        var genuine = AdyenSays.body("{'merchantReference':'7:9:USD:REFUND:true','originalReference':'PSP0'}");
        assertThat(judge(genuine)).isInstanceOf(Genuine.class);
        var signature = genuine.replaceAll("(?s).*\"hmacSignature\":\"([^\"]+)\".*", "$1");
        for (var moved : List.of(
                "{'merchantAccountCode':'TestMerchantECOM:7','merchantReference':'9:USD:REFUND:true','originalReference':'PSP0'}",
                "{'originalReference':'PSP0:TestMerchantECOM','merchantAccountCode':'7','merchantReference':'9:USD:REFUND:true'}")) {
            var forged = AdyenSays.body(moved)
                    .replaceAll(
                            "\"hmacSignature\":\"[^\"]+\"",
                            java.util.regex.Matcher.quoteReplacement("\"hmacSignature\":\"" + signature + "\""));
            assertThat(judge(forged)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPORT_AVAILABLE", "PAYOUT_THIRDPARTY", "NEWS_OF_TOMORROW"})
    void what_means_nothing_to_us_may_have_any_reference(String code) {
        var body = AdyenSays.body("{'eventCode':'%s','pspReference':'report 12:00:00.csv'}".formatted(code));
        assertThat(judge(body)).isInstanceOf(Genuine.class);
        assertThat(AdyenSays.translated(AdyenSays.USUAL, body)).isEqualTo(new ipn.gateway.Translation.Ignored(code));
    }

    @Test
    void a_missing_or_unreadable_signature_is_told_apart() {
        var good = AdyenSays.body("{}");
        assertThat(judge(good.replace("hmacSignature", "signature"))).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judge(good.replaceAll("\"hmacSignature\":\"", "\"hmacSignature\":\"!")))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge("{\"live\":\"false\",\"notificationItems\":[]}"))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judge("")).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
    }

    @Test
    void a_signature_of_the_whole_body_must_stand_once() {
        var body = Bytes.utf8("{\"type\":\"recurring.token.disabled\"}");
        var signature = AdyenSignature.sign(body, AdyenSays.SECRET);
        assertThat(judge(AdyenSays.USUAL, body, Map.of("hmacsignature", List.of(signature))))
                .isInstanceOf(Genuine.class);
        assertThat(judge(AdyenSays.USUAL, body, Map.of("hmacsignature", List.of(signature, signature))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
        assertThat(judge(AdyenSays.USUAL, body, Map.of("hmacsignature", List.of(signature + "\n"))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge(AdyenSays.USUAL, Bytes.utf8(body.utf8() + " "), Map.of("hmacsignature", List.of(signature))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void the_fields_of_an_item_are_no_body_and_a_body_no_item() {
        var item = AdyenSays.item("{}");
        var signed = AdyenSays.signed(item, AdyenSays.SECRET);
        var fields = Bytes.utf8("PSP1::TestMerchantECOM:ord_1:2500:USD:AUTHORISATION:true");
        var signature = signed.at("/additionalData/hmacSignature").asText();
        var delivery = new Delivery(Map.of("hmacsignature", List.of(signature)), fields, GatewayUnderTest.RECEIVED_AT);
        var account = AdyenSays.open(AdyenSays.USUAL);
        assertThat(account.translate(delivery, account.identify(delivery).get(0)))
                .isInstanceOf(ipn.gateway.Translation.Refused.class);
    }

    @Test
    void what_is_signed_of_an_item_is_no_form_that_tells_of_another() {
        var reference = "=&live=false&pspReference=PSP2&merchantAccountCode=TestMerchantECOM&currency=USD&value=9999"
                + "&eventCode=AUTHORISATION&success=true&eventDate=2026-09-01T14:00:00Z&rest=";
        var item = new AdyenItem(new JsonField(AdyenSays.item("{'merchantReference':'%s'}".formatted(reference)), ""));
        var form = Bytes.utf8(item.signed().orElseThrow());
        assertThat(AdyenBody.read(form).items().get(0).at("eventCode").glance()).contains("AUTHORISATION");

        var signature = AdyenSignature.sign(form, AdyenSays.SECRET);
        assertThat(judge(AdyenSays.USUAL, form, Map.of("hmacsignature", List.of(signature))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
    }

    @Test
    void an_endpoint_of_old_sends_a_form() {
        var item = AdyenSays.signed("{'merchantReference':'ord: 1+2'}", AdyenSays.SECRET);
        var form = Map.of(
                        "live", "false",
                        "pspReference", "PSP1",
                        "originalReference", "",
                        "merchantAccountCode", "TestMerchantECOM",
                        "merchantReference", "ord: 1+2",
                        "value", "2500",
                        "currency", "USD",
                        "eventCode", "AUTHORISATION",
                        "eventDate", "2026-09-01T14:00:00.00Z",
                        "additionalData.hmacSignature",
                                item.at("/additionalData/hmacSignature").asText())
                .entrySet()
                .stream()
                .map(field ->
                        field.getKey() + "=" + java.net.URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var sent = form + "&success=true&operations=&reason=";
        assertThat(judge(sent)).isInstanceOf(Genuine.class);
        assertThat(judge(sent.replace("2500", "2501"))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(sent + "&success=true")).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        var fromJson = AdyenSays.understood(
                AdyenSays.USUAL, "{'merchantReference':'ord: 1+2','eventDate':'2026-09-01T14:00:00.00Z'}");
        assertThat(AdyenSays.translated(AdyenSays.USUAL, sent))
                .isEqualTo(new ipn.gateway.Translation.Understood(fromJson));
        assertThat(AdyenSays.open(AdyenSays.USUAL)
                        .identify(AdyenSays.delivery(sent))
                        .get(0)
                        .eventKey())
                .isEqualTo("adyen/main/TestMerchantECOM:PSP1:AUTHORISATION:true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"testpass", "testpass2"})
    void either_password_is_right_while_one_replaces_the_other(String password) {
        assertThat(judge(BASIC, Bytes.utf8(AdyenSays.body("{}")), basic("Basic ", "adyenhook:" + password)))
                .isInstanceOf(Genuine.class);
        assertThat(judge(BASIC, Bytes.utf8(AdyenSays.body("{}")), basic("BASIC ", "adyenhook:" + password)))
                .isInstanceOf(Genuine.class);
    }

    @Test
    void a_signature_without_the_password_is_not_enough_where_one_is_asked_for() {
        var body = Bytes.utf8(AdyenSays.body("{}"));
        var right = basic("Basic ", "adyenhook:testpass").get("authorization").get(0);
        assertThat(List.<Map<String, List<String>>>of(
                        Map.of(),
                        Map.of("authorization", List.of("")),
                        Map.of("authorization", List.of(right, right)),
                        Map.of("authorization", List.of("Basic !")),
                        Map.of("authorization", List.of("Bearer x")),
                        basic("Basic ", "adyenhook:testpasS"),
                        basic("Basic ", "adyenhook:testpass2x"),
                        basic("Basic ", "adyenhook:"),
                        basic("Basic ", ":testpass"),
                        basic("Basic ", "testpass")))
                .allSatisfy(headers ->
                        assertThat(judge(BASIC, body, headers)).isEqualTo(new Rejected(Reason.CREDENTIALS_WRONG)));
    }

    @Test
    void the_password_alone_proves_nothing_and_is_kept_nowhere() {
        var body = Bytes.utf8(AdyenSays.body("{}").replace("PSP1", "PSP2"));
        assertThat(judge(BASIC, body, basic("Basic ", "adyenhook:testpass")))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        var account = AdyenSays.open(BASIC);
        assertThat(account.keptHeaders()).doesNotContain("authorization");
        assertThat(account.toString()).doesNotContain("testpass").doesNotContain(AdyenSays.SECRET);
    }

    private static Map<String, List<String>> basic(String scheme, String credentials) {
        var encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return Map.of("authorization", List.of(scheme + encoded));
    }

    private static Verdict judge(String body) {
        return judge(AdyenSays.USUAL, Bytes.utf8(body), Map.of());
    }

    private static Verdict judge(String section, Bytes body, Map<String, List<String>> headers) {
        return AdyenSays.open(section)
                .authenticate(new Delivery(headers, body, GatewayUnderTest.RECEIVED_AT), GatewayUnderTest.SIGNED_AT)
                .toCompletableFuture()
                .join();
    }
}
