package ipn.settings;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How settings that were read again differ from those in use. */
public record SettingsChange(Settings before, Settings after) {

    /**
     * The keys whose values differ in the two files, sorted; of a section that only one of them has, its own key.
     *
     * @param section only those in it; empty: all
     */
    public List<String> keys(String section) {
        var paths = new TreeSet<String>();
        Yaml.differences("", before.source().root(), after.source().root(), paths);
        return paths.stream()
                .map(Yaml::dotted)
                .filter(key -> isIn(key, section))
                .toList();
    }

    /** The keys in a section that both have read and that name other secrets now, or the same with another end; sorted. */
    public List<String> secrets(String section) {
        var others = after.source().secrets();
        return before.source().secrets().entrySet().stream()
                .filter(each -> isIn(each.getKey(), section))
                .filter(each -> !each.getValue().equals(others.getOrDefault(each.getKey(), each.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a key, or one above it, names secrets. */
    public boolean isSecret(String key) {
        return before.source().secrets().keySet().stream().anyMatch(secret -> isIn(key, secret));
    }

    /** Whether a key is that of the section, or below it; the empty section contains all keys. */
    public static boolean isIn(String key, String section) {
        return section.isEmpty() || key.equals(section) || key.startsWith(section + ".");
    }
}
