package ipn.gateway.shopify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import ipn.fact.Fact;
import ipn.gateway.content.JsonField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The merchant's words on an order: its note attributes, and the properties of its lines. */
record NoteAttributes(ShopifyEvent event) {
    List<Fact> references() {
        return event.references().in(places());
    }

    /** The payment key of the contract an order renews; Shopify itself does not say so on the order. */
    Optional<String> contract() {
        return byName(event.at("note_attributes")).at(event.contract()).id().map(event::contractKey);
    }

    private List<JsonField> places() {
        var places = new ArrayList<JsonField>();
        places.add(byName(event.at("note_attributes")));
        event.at("line_items").elements().forEach(line -> places.add(byName(line.at("properties"))));
        return places;
    }

    /** A list of names and values as an object; of a name that stands twice the first counts. */
    private static JsonField byName(JsonField list) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var entry : list.elements()) {
            var name = entry.at("name").glance();
            if (name.isPresent() && !object.has(name.get())) {
                object.set(name.get(), entry.at("value").node());
            }
        }
        return new JsonField(object, list.pointer());
    }
}
