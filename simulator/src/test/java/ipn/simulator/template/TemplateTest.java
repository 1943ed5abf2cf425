package ipn.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.settings.Settings;
import ipn.simulator.Ids;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.template.XmlTemplate.Xml;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final TemplateValues anonymous = values(Map.of(ReferenceName.SUBJECT, "u 42 <&>"));
    private final TemplateValues ordered = values(
            Map.of(ReferenceName.SUBJECT, "u_42", ReferenceName.ORDER, "ord_1", ReferenceName.REFERENCE, "post_7"));

    private static TemplateValues values(Map<ReferenceName, String> references) {
        var sender = new Sender(new AccountId("acme", "main", true), "secret", Settings.empty());
        var sample = new Sample(new Ids("evt_1", "pay_1", "inv_1", "sub_1"), references, new Money(800, "USD"), NOW);
        return TemplateValues.of(sample, sender);
    }

    @Test
    void a_value_keeps_its_type() {
        var filled = JsonTemplate.load("test/values.json").fill(ordered.with("given", null));
        assertThat(filled.toPrettyString()).isEqualToIgnoringWhitespace("""
                {
                  "amount": 800, "text": "ch_1", "live": true,
                  "metadata": {"order_id": "ord_1", "reference": "post_7", "user_id": "u_42"},
                  "order": "ord_1", "given": null, "list": ["post_7", 1, {"subject": "u_42"}]
                }""");
    }

    @Test
    void an_absent_optional_value_removes_its_member_and_its_element() {
        var filled = JsonTemplate.load("test/values.json").fill(anonymous.with("given", 1));
        assertThat(filled.has("order")).isFalse();
        assertThat(filled.path("list").toString()).isEqualTo("[1,{\"subject\":\"u 42 <&>\"}]");
    }

    @Test
    void a_placeholder_without_a_value_is_an_error() {
        assertThatThrownBy(() -> JsonTemplate.load("test/values.json").fill(ordered))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("test/values.json: the placeholder ${given} has no value");
        assertThatThrownBy(() -> JsonTemplate.load("test/misspelled.json").fill(ordered))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("test/misspelled.json: the placeholder ${oder} has no value");
    }

    @Test
    void a_placeholder_that_is_not_optional_needs_a_value() {
        var template = JsonTemplate.load("test/required.json");
        assertThat(template.fill(ordered).path("order").asText()).isEqualTo("ord_1");
        assertThatThrownBy(() -> template.fill(anonymous))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("expected: ${order?}");
    }

    @Test
    void a_value_without_a_placeholder_is_an_error() {
        assertThatThrownBy(() -> JsonTemplate.load("test/required.json").fill(ordered.with("unused", 1)))
                .isInstanceOf(TemplateException.class)
                .hasMessage("test/required.json: has no placeholder ${unused} for the value given");
    }

    @Test
    void a_standard_value_cannot_be_replaced() {
        assertThatThrownBy(() -> ordered.with("amount", 1)).isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> ordered.with("setting.shop", 1)).isInstanceOf(TemplateException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "test/malformed.json, a placeholder is malformed",
        "test/duplicate.json, not JSON",
        "test/array.json, not an object",
        "test/missing.json, not on the class path"
    })
    void a_wrong_template_cannot_be_read(String name, String message) {
        assertThatThrownBy(() -> JsonTemplate.load(name))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith(name + ": " + message);
    }

    @Test
    void xml_is_escaped_and_sent_without_its_layout() {
        var template = XmlTemplate.load("test/element.xml");
        var inner = new Xml("<a>1</a>");
        assertThat(template.fill(anonymous.with("inner", inner)).text())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<notification>"
                        + "<subject>u 42 &lt;&amp;&gt;</subject><inner><a>1</a></inner></notification>");
        assertThat(template.fill(ordered.with("inner", Optional.of(inner))).text())
                .contains("<order>ord_1</order>");
    }

    @Test
    void a_form_is_encoded_in_its_charset() {
        var template = FormTemplate.load("test/fields.form", WINDOWS_1252);
        assertThat(template.fill(anonymous)).isEqualTo("name=Zo%EB+%26+Co&subject=u+42+%3C%26%3E");
        assertThat(template.fill(ordered)).isEqualTo("name=Zo%EB+%26+Co&order=ord_1&subject=u_42");
        assertThatThrownBy(() -> FormTemplate.load("test/wrong.form", WINDOWS_1252))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("test/wrong.form: a line is not a field");
    }
}
