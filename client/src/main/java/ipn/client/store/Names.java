package ipn.client.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts that many entries share, such as names of entitlements and reasons, each stored once. One thread adds, all may read: whoever finds
 * an id in a block finds its text, because the block is published after it.
 */
final class Names {
    private final ConcurrentHashMap<String, Integer> ids = new ConcurrentHashMap<>();
    private volatile String[] texts = new String[16];
    private int count;

    /** The id of a text, which is added if it is new. */
    int id(String text) {
        var known = ids.get(text);
        if (known != null) {
            return known;
        }
        if (count == texts.length) {
            texts = Arrays.copyOf(texts, count * 2);
        }
        texts[count] = text;
        ids.put(text, count);
        return count++;
    }

    /** The id of a text; negative if it was never added. */
    int find(String text) {
        var known = ids.get(text);
        return known == null ? -1 : known;
    }

    String text(int id) {
        return texts[id];
    }

    int size() {
        return count;
    }

    /** The texts whose ids are at least this, in the order of their ids. For the thread that adds. */
    List<String> from(int id) {
        return List.copyOf(Arrays.asList(texts).subList(id, count));
    }

    /** All texts, sorted. */
    List<String> sorted() {
        var all = new ArrayList<>(ids.keySet());
        all.sort(null);
        return all;
    }
}
