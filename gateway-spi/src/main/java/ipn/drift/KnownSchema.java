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
 * What is known of a gateway's notifications: the resource {@code <name>.shape} beside the gateway's class. Its upper part is
 * written by people, the events below are learnt from samples.
 *
 * @param version where the API version stands: a JSON pointer, or {@code header:<name>}; empty where there is none
 * @param versions the versions known
 * @param free pointers below which everything is the merchant's own
 * @param always fields that everything sent has, where its event type is known to have them at all
 * @param alwaysFetched fields that everything fetched has
 * @param types event types known to carry no facts
 * @param events the fields of each event type there is a sample of, with what may stand there
 */
public record KnownSchema(
        String version,
        Set<String> versions,
        Set<String> free,
        Set<String> always,
        Set<String> alwaysFetched,
        Set<String> types,
        Map<String, Map<String, Set<FieldType>>> events) {

    static final String INDENT = "  ";

    /** Before the type of what was fetched, which is built differently from what was sent. */
    private static final String FETCHED = "fetched ";

    /** The name under which the fields of an event type are kept. */
    static String event(String type, boolean sent) {
        return sent ? type : FETCHED + type;
    }

    /** True for an event type whose name says nothing new. */
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
            var rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "version" -> {
                    version = rest.get(0);
                    versions.addAll(rest.subList(1, rest.size()));
                }
                case "free" -> free.addAll(rest);
                case "always" -> always.addAll(rest);
                case "always-fetched" -> alwaysFetched.addAll(rest);
                case "ignored" -> types.addAll(rest);
                case "event" -> {
                    current = new TreeMap<>();
                    events.put(String.join(" ", rest), current);
                }
                default ->
                    throw new IllegalArgumentException(
                            words.get(0)
                                    + ": no such line (expected: version, free, always, always-fetched, ignored, event, or a field of an event)");
            }
        }
        return new KnownSchema(version, versions, free, always, alwaysFetched, types, events);
    }

    /** {@code /data/amount number|text}: the pointer, and its types. */
    private static void field(List<String> words, Map<String, Set<FieldType>> event) {
        var types = EnumSet.noneOf(FieldType.class);
        for (var word : words.get(1).split("\\|", -1)) {
            types.add(FieldType.of(word));
        }
        event.put(words.get(0), types);
    }
}
