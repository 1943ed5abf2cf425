package ipn.operations.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which records of a topic somebody needs. Whoever reads them still looks at each: a {@link RecordIndex} may find more than these, and
 * without an index all records of some partitions are read.
 *
 * @param name of the topic for an index: its name in the catalogue, or of a changelog that of its store
 * @param topic full name
 * @param partitionKeys the records are in the partitions of these keys; empty: in any
 * @param any terms with values, of which a record has at least one
 * @param all further terms with values, of which a record has every one
 * @param newest of each value no more than so many records, the newest; without values, of all; 0: every one
 */
public record Lookup(
        String name,
        String topic,
        Set<String> partitionKeys,
        Map<String, Set<String>> any,
        Map<String, String> all,
        int newest) {
    /** The term of a record's key. */
    public static final String KEY = "key";

    /** The term of a user, where the key is something else. */
    public static final String SUBJECT = "subject";

    public Lookup {
        partitionKeys = Set.copyOf(partitionKeys);
        any = Map.copyOf(any);
        all = Map.copyOf(all);
    }

    /** All records of a topic. */
    public static Lookup of(String name, String topic) {
        return new Lookup(name, topic, Set.of(), Map.of(), Map.of(), 0);
    }

    /** Whether all records of the partitions are needed. */
    public boolean isWhole() {
        return any.isEmpty() && all.isEmpty() && newest == 0;
    }

    /** Those with these keys, which the default partitioner chose the partition of. */
    public Lookup keys(Collection<String> keys) {
        return new Lookup(name, topic, Set.copyOf(keys), any, all, newest).any(KEY, keys);
    }

    /** Those in the partitions of these keys. */
    public Lookup inPartitionsOf(Collection<String> keys) {
        return new Lookup(name, topic, Set.copyOf(keys), any, all, newest);
    }

    /** Also those of which a term has one of these values. */
    public Lookup any(String term, Collection<String> values) {
        var terms = new HashMap<>(any);
        terms.put(term, Set.copyOf(values));
        return new Lookup(name, topic, partitionKeys, terms, all, newest);
    }

    /** Only those of which a term has this value. */
    public Lookup all(String term, String value) {
        var terms = new HashMap<>(all);
        terms.put(term, value);
        return new Lookup(name, topic, partitionKeys, any, terms, newest);
    }

    /** The newest of each value, or without values of all. */
    public Lookup newest(int limit) {
        return new Lookup(name, topic, partitionKeys, any, all, limit);
    }
}
