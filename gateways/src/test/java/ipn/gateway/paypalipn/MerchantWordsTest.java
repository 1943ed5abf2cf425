package ipn.gateway.paypalipn;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Reference;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.Form;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerchantWordsTest {

    @Test
    void each_of_paypals_variables_has_its_usual_meaning() {
        assertThat(references("custom", "u_42", "invoice", "ord_1", "item_number", "premium"))
                .isEqualTo(Map.of(
                        ReferenceName.SUBJECT, "u_42", ReferenceName.ORDER, "ord_1", ReferenceName.PRODUCT, "premium"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":\"u_42\",\"order_id\":\"ord_1\",\"product\":\"premium\",\"reference\":\"camp_7\"}",
                "{ \"reference\": \"camp_7\", \"product\": \"premium\", \"order_id\": \"ord_1\", \"user_id\": \"u_42\", \"x\": [1] }",
                "user_id=u_42&order_id=ord_1&product=premium&reference=camp_7",
                "user_id=u%5F42&order_id=ord_1&product=premium&reference=camp_7&x="
            })
    void all_four_words_may_stand_in_custom(String custom) {
        assertThat(references("custom", custom, "invoice", "inv_1", "item_number", "item"))
                .isEqualTo(Map.of(
                        ReferenceName.SUBJECT, "u_42",
                        ReferenceName.ORDER, "ord_1",
                        ReferenceName.PRODUCT, "premium",
                        ReferenceName.REFERENCE, "camp_7"));
    }

    @Test
    void what_custom_does_not_hold_comes_from_its_usual_variable() {
        assertThat(references("custom", "{\"user_id\":42}", "invoice", "inv_1", "item_number", "premium"))
                .isEqualTo(Map.of(
                        ReferenceName.SUBJECT, "42", ReferenceName.ORDER, "inv_1", ReferenceName.PRODUCT, "premium"));
        assertThat(references("custom", "order_id=ord_1")).isEqualTo(Map.of(ReferenceName.ORDER, "ord_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":\"a\",\"user_id\":\"b\"}",
                "{\"user_id\":\"a\"} x",
                "{\"user_id\":\"a\"",
                "user_id=a&user_id=b",
                "a=b",
                "user_id",
                "{}",
                "{\"user_id\":{\"x\":1}}",
                "{\"user_id\":1.5}"
            })
    void a_custom_of_another_shape_is_one_word(String custom) {
        assertThat(references("custom", custom)).isEqualTo(Map.of(ReferenceName.SUBJECT, custom));
    }

    @Test
    void a_recurring_payment_names_its_subject_in_the_profiles_invoice() {
        assertThat(references("rp_invoice_id", "u_42")).isEqualTo(Map.of(ReferenceName.SUBJECT, "u_42"));
        assertThat(references("rp_invoice_id", "x", "custom", "u_42")).isEqualTo(Map.of(ReferenceName.SUBJECT, "u_42"));
    }

    @Test
    void a_configured_name_may_be_a_variable_of_the_form_and_comes_first() {
        var names = new EnumMap<ReferenceName, String>(Ipns.USUAL);
        names.put(ReferenceName.SUBJECT, "option_selection1");
        assertThat(references(names, "option_selection1", "u_42", "custom", "x"))
                .isEqualTo(Map.of(ReferenceName.SUBJECT, "u_42"));
        assertThat(references(names, "custom", "x")).isEqualTo(Map.of(ReferenceName.SUBJECT, "x"));
    }

    @Test
    void the_names_of_what_was_bought() {
        assertThat(skus("item_number", "n", "item_name", "Premium", "product_name", "Premium"))
                .containsExactly("n", "Premium");
        assertThat(skus("item_number1", "a", "item_name1", "A", "item_number2", "b", "item_name2", "x".repeat(300)))
                .containsExactly("a", "A", "b");
    }

    @Test
    void a_cart_of_one_item_names_the_product() {
        assertThat(references("item_number1", "a")).isEqualTo(Map.of(ReferenceName.PRODUCT, "a"));
        assertThat(references("item_number1", "a", "item_number2", "b")).isEmpty();
    }

    private static Map<ReferenceName, String> references(String... namesAndValues) {
        return references(Ipns.USUAL, namesAndValues);
    }

    private static Map<ReferenceName, String> references(Map<ReferenceName, String> names, String... namesAndValues) {
        return new MerchantWords(names)
                .in(message(namesAndValues)).stream()
                        .filter(Reference.class::isInstance)
                        .map(Reference.class::cast)
                        .collect(Collectors.toMap(Reference::name, Reference::value));
    }

    private static List<String> skus(String... namesAndValues) {
        return new MerchantWords(Ipns.USUAL)
                .in(message(namesAndValues)).stream()
                        .filter(Fact.Sku.class::isInstance)
                        .map(Fact::id)
                        .toList();
    }

    private static IpnMessage message(String... namesAndValues) {
        var fields = new LinkedHashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        var body = fields.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&"));
        return new IpnMessage(Form.decode(Bytes.utf8(body), IpnCharsets::named));
    }
}
