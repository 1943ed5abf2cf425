package ipn.gateway.paypal;

import com.fasterxml.jackson.databind.node.TextNode;
import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.References;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.PackedWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The merchant's references in a resource. PayPal has one field for the order and one custom field. The custom field
 * holds the subject alone, or all references in packed form.
 */
record Words(Map<ReferenceName, String> names) {

    List<Fact> in(JsonField resource) {
        var custom = either(resource.at("custom_id"), resource.at("custom"));
        var found = PackedWords.in(custom.text().orElse(""), names.values());
        var facts = new ArrayList<Fact>();
        for (var name : ReferenceName.values()) {
            Optional.ofNullable(names.get(name))
                    .map(found::get)
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .map(word -> new JsonField(TextNode.valueOf(word), custom.pointer()))
                    .or(() -> usual(name, resource, custom, found))
                    .ifPresent(field -> facts.add(References.reference(name, field)));
        }
        return facts;
    }

    private static Optional<JsonField> usual(
            ReferenceName name, JsonField resource, JsonField custom, Map<String, String> found) {
        return switch (name) {
            case SUBJECT -> Optional.of(custom).filter(field -> field.isPresent() && found.isEmpty());
            case ORDER ->
                Optional.of(either(resource.at("invoice_id"), resource.at("invoice_number")))
                        .filter(JsonField::isPresent);
            case PRODUCT, REFERENCE -> Optional.empty();
        };
    }

    private static JsonField either(JsonField one, JsonField other) {
        return one.isPresent() ? one : other;
    }
}
