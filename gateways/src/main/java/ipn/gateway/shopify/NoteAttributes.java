package ipn.gateway.shopify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import ipn.fact.Fact;
import ipn.gateway.content.JsonField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The merchant's references on an order: its note attributes, and the properties of its lines. */
record NoteAttributes(ShopifyEvent event) {
    List<Fact> references() {
        return event.references().in(places());
    }

    /** The payment key of the contract that an order renews; Shopify itself does not put it on the order. */
    Optional<String> contract() {
        return byName(event.at("note_attributes")).at(event.contract()).id().map(event::contractKey);
    }

    private List<JsonField> places() {
        var places = new ArrayList<JsonField>();
        places.add(byName(event.at("note_attributes")));
        event.at("line_items").elements().forEach(line -> places.add(byName(line.at("properties"))));
        return places;
    }

    /** Converts a list of names and values to an object; for a repeated name the first value counts. */
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
