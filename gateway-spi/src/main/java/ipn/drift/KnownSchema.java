package ipn.drift;

import ipn.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The known format of a gateway's notifications, read from the resource {@code <name>.shape} in the package of the gateway's
 * class. Its upper part is written by hand; the events below are generated from samples.
 *
 * @param version location of the API version: a JSON pointer, or {@code header:<name>}; empty if the format has no version
 * @param versions the known API versions
 * @param free pointers to fields whose content the merchant defines
 * @param always mandatory fields of sent notifications, for the event types that have them
 * @param alwaysFetched mandatory fields of fetched documents, for the event types that have them
 * @param optional fields that each event type may have beside those of its samples, with their possible types
 * @param types event types of which only the name is known: they carry no facts, or have no sample
 * @param events for each event type that has a sample, its fields with their possible types
 */
public record KnownSchema(
        String version,
        Set<String> versions,
        Set<String> free,
        Set<String> always,
        Set<String> alwaysFetched,
        Map<String, Set<FieldType>> optional,
        Set<String> types,
        Map<String, Map<String, Set<FieldType>>> events) {

    static final String INDENT = "  ";

    /** Prefix of the event type of a fetched document, whose format differs from that of a sent notification. */
    private static final String FETCHED = "fetched ";

    /** The key of {@link #events} for an event type. */
    static String event(String type, boolean sent) {
        return sent ? type : FETCHED + type;
    }

    /** True if the schema contains the event type. */
    boolean knows(String type) {
        return types.contains(type) || events.containsKey(type) || events.containsKey(FETCHED + type);
    }

    /** Reads the schema in the resources of a gateway; empty if there is none. */
    public static Optional<KnownSchema> find(Gateway gateway) {
        try (var in = gateway.getClass().getResourceAsStream(gateway.name() + ".shape")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KnownSchema parse(List<String> lines) {
        var version = "";
        var versions = new TreeSet<String>();
        var free = new TreeSet<String>();
        var types = new TreeSet<String>();
        var always = new TreeSet<String>();
        var alwaysFetched = new TreeSet<String>();
        var optional = new TreeMap<String, Set<FieldType>>();
        var events = new TreeMap<String, Map<String, Set<FieldType>>>();
        Map<String, Set<FieldType>> current = new TreeMap<>();
        for (var line : lines) {
            var words = List.of(line.strip().split("\\s+"));
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(INDENT)) {
                field(words, current);
                continue;
            }
            if (words.size() == 1) {
                throw new IllegalArgumentException(line + ": nothing follows (expected: a name, a pointer or a type)");
            }
            var rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "version" -> {
                    version = rest.get(0);
                    versions.addAll(rest.subList(1, rest.size()));
                }
                case "free" -> free.addAll(rest);
                case "always" -> always.addAll(rest);
                case "always-fetched" -> alwaysFetched.addAll(rest);
                case "optional" ->
                    rest.subList(1, rest.size()).forEach(pointer -> field(List.of(pointer, rest.get(0)), optional));
                case "ignored", "unsampled" -> types.addAll(rest);
                case "event" -> {
                    current = new TreeMap<>();
                    events.put(String.join(" ", rest), current);
                }
                default ->
                    throw new IllegalArgumentException(
                            words.get(0)
                                    + ": no such line (expected: version, free, always, always-fetched, optional, ignored, unsampled, event, or a field of an event)");
            }
        }
        return new KnownSchema(version, versions, free, always, alwaysFetched, optional, types, events);
    }

    /** Parses a line such as {@code /data/amount number|text}: a pointer and its types. */
    private static void field(List<String> words, Map<String, Set<FieldType>> fields) {
        var types = EnumSet.noneOf(FieldType.class);
        for (var word : words.get(1).split("\\|", -1)) {
            types.add(FieldType.of(word));
        }
        fields.put(words.get(0), types);
    }
}
