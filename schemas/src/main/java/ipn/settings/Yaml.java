package ipn.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** YAML as a tree, and ways through it. */
final class Yaml {
    /** Replaces a dot inside a key while paths are joined by dots. */
    private static final char DOT_IN_KEY = '\0';

    private static final ObjectMapper STRICT = new ObjectMapper(
                    new YAMLFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature()))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Yaml() {}

    static JsonNode parse(String yaml) {
        try {
            var root = STRICT.readTree(yaml);
            if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
                throw new SettingsException(
                        List.of("the file: not a map of keys (expected: keys such as gateways and kafka)"));
            }
            return root;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new SettingsException(List.of("line %d, column %d: not YAML (expected: %s)"
                    .formatted(
                            at == null ? 0 : at.getLineNr(),
                            at == null ? 0 : at.getColumnNr(),
                            e.getOriginalMessage().lines().findFirst().orElse(""))));
        }
    }

    /** A node as a problem shows it. */
    static String shown(JsonNode node) {
        return node.isObject() ? "a map" : node.isArray() ? "a list" : node.asText();
    }

    static List<JsonNode> elements(JsonNode array) {
        var all = new ArrayList<JsonNode>();
        array.forEach(all::add);
        return all;
    }

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** Every value below a node by its path, joined by dots; a list becomes one text with commas. */
    static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties().forEach(each -> flatten(joined(prefix, each.getKey()), each.getValue(), into));
        } else if (node.isArray()) {
            var texts = elements(node).stream().map(JsonNode::asText).toList();
            into.put(prefix, String.join(",", texts));
        } else if (!absent(node)) {
            into.put(prefix, node.asText());
        }
    }

    /** The path of every value, with dots inside keys kept distinct from dots between keys, see {@link #dotted}. */
    static void leaves(String prefix, JsonNode node, Set<String> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(each -> leaves(joined(prefix, undotted(each.getKey())), each.getValue(), into));
        } else if (!prefix.isEmpty()) {
            into.add(prefix);
        }
    }

    /** The paths, as {@link #leaves} writes them, at which two nodes differ; of a section that only one of them has, its own path. */
    static void differences(String prefix, JsonNode one, JsonNode other, Set<String> into) {
        if (one.isObject() && other.isObject()) {
            var names = new TreeSet<String>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> differences(joined(prefix, undotted(name)), one.path(name), other.path(name), into));
        } else if (!(absent(one) && absent(other)) && !one.equals(other)) {
            into.add(prefix);
        }
    }

    /** A path of {@link #leaves} as people write it. */
    static String dotted(String leaf) {
        return leaf.replace(DOT_IN_KEY, '.');
    }

    /** A key whose dots are distinct from the dots between keys. */
    static String undotted(String key) {
        return key.replace('.', DOT_IN_KEY);
    }

    static String joined(String prefix, String key) {
        return prefix.isEmpty() ? key : prefix + "." + key;
    }
}
