package ipn.projector.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What differs between two versions of the catalogue, for people.
 *
 * @param lines such as {@code products.premium.grace: PT168H -> PT72H}, sorted
 * @param products names of products that were added, removed or changed, sorted
 */
public record CatalogueChange(List<String> lines, List<String> products) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static CatalogueChange between(ProductCatalogue before, ProductCatalogue after) {
        var old = tree(before);
        var now = tree(after);
        var lines = new ArrayList<String>();
        var products = new TreeSet<String>();
        for (var name : names(old.path("products"), now.path("products"))) {
            var path = "products." + name;
            var was = old.path("products").path(name);
            var is = now.path("products").path(name);
            if (was.isMissingNode() || is.isMissingNode()) {
                lines.add(path + (was.isMissingNode() ? ": added" : ": removed"));
            } else {
                compare(path, was, is, lines);
            }
            if (!was.equals(is)) {
                products.add(name);
            }
        }
        compare("policy", old.path("policy"), now.path("policy"), lines);
        if (before.live() != after.live()) {
            lines.add("live: %s -> %s".formatted(before.live(), after.live()));
        }
        return new CatalogueChange(List.copyOf(lines), List.copyOf(products));
    }

    private static void compare(String path, JsonNode was, JsonNode is, List<String> lines) {
        for (var field : names(was, is)) {
            if (!was.path(field).equals(is.path(field))) {
                lines.add("%s.%s: %s -> %s".formatted(path, field, shown(was.path(field)), shown(is.path(field))));
            }
        }
    }

    private static TreeSet<String> names(JsonNode one, JsonNode other) {
        var names = new TreeSet<String>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "none" : value.isTextual() ? value.asText() : value.toString();
    }

    private static JsonNode tree(ProductCatalogue catalogue) {
        try {
            return JSON.readTree(CatalogueText.of(catalogue));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("catalogue: its text is no JSON", e);
        }
    }
}
