package ipn.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds keys and variables that no section reads. Most are misspelt, so each problem lists the known keys. */
final class UnknownKeys {
    /** Variables of the launcher. */
    private static final Set<String> NOT_SETTINGS = Set.of("IPN_CONFIG", "IPN_JAVA", "IPN_JAVA_OPTS", "IPN_DATA");

    private final Source source;

    UnknownKeys(Source source) {
        this.source = source;
    }

    void report() {
        var leaves = new LinkedHashSet<String>();
        Yaml.leaves("", source.root(), leaves);
        leaves.stream().filter(leaf -> !known(leaf)).forEach(this::reportKey);
        for (var name : source.environment().keySet()) {
            if (name.startsWith("IPN_")
                    && !NOT_SETTINGS.contains(name)
                    && !source.variables().contains(name)) {
                source.problems().add(name, "unknown variable", "IPN_ and a key in capitals, e.g. IPN_INGRESS_PORT");
            }
        }
    }

    private boolean known(String leaf) {
        return source.asked().stream().anyMatch(asked -> leaf.equals(asked) || leaf.startsWith(asked + "."))
                || source.sections().contains(leaf) && empty(leaf);
    }

    /** True for a section whose keys are all commented out. */
    private boolean empty(String path) {
        JsonNode node = source.root();
        for (var key : path.split("\\.")) {
            node = node.path(Yaml.dotted(key));
        }
        return node.isNull() || node.isObject();
    }

    private void reportKey(String leaf) {
        if (!Yaml.dotted(leaf).equals(leaf) && source.asked().contains(Yaml.dotted(leaf))) {
            source.problems().add(Yaml.dotted(leaf), "a dot inside a key", "one key below the other, without dots");
            return;
        }
        var key = leaf;
        var siblings = siblings(key);
        while (siblings.isEmpty() && key.contains(".")) {
            key = key.substring(0, key.lastIndexOf('.'));
            siblings = siblings(key);
        }
        source.problems().add(Yaml.dotted(key), "unknown", siblings.isEmpty() ? "no key here" : "one of " + siblings);
    }

    private String siblings(String key) {
        var parent = key.substring(0, key.lastIndexOf('.') + 1);
        var names = source.asked().stream()
                .filter(asked -> asked.startsWith(parent))
                .map(asked -> Yaml.dotted(asked.substring(parent.length()).split("[.\\[]")[0]))
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return String.join(", ", names);
    }
}
