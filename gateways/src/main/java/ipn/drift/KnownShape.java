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
 * @param types event types known to carry no facts
 * @param events the fields of each event type there is a sample of
 */
public record KnownShape(
        String version, Set<String> versions, Set<String> free, Set<String> types, Map<String, Fields> events) {

    /**
     * The fields of one event type.
     *
     * @param required those that every sample of the gateway has
     */
    public record Fields(Map<String, Set<FieldType>> types, Set<String> required) {}

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

    /** The shape a gateway brings; empty where it brings none. */
    public static Optional<KnownShape> of(Gateway gateway) {
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

    static KnownShape parse(List<String> lines) {
        var version = "";
        var versions = new TreeSet<String>();
        var free = new TreeSet<String>();
        var types = new TreeSet<String>();
        var events = new TreeMap<String, Fields>();
        var current = new Fields(new TreeMap<>(), new TreeSet<>());
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
                case "ignored" -> types.addAll(rest);
                case "event" -> {
                    current = new Fields(new TreeMap<>(), new TreeSet<>());
                    events.put(String.join(" ", rest), current);
                }
                default ->
                    throw new IllegalArgumentException(words.get(0)
                            + ": no such line (expected: version, free, ignored, event, or a field of an event)");
            }
        }
        return new KnownShape(version, versions, free, types, events);
    }

    /** {@code /data/amount number|text!}: the pointer, its types, and a mark where it is required. */
    private static void field(List<String> words, Fields event) {
        var types = words.get(1);
        var required = types.endsWith("!");
        var all = EnumSet.noneOf(FieldType.class);
        for (var word : types.replace("!", "").split("\\|", -1)) {
            all.add(FieldType.of(word));
        }
        event.types().put(words.get(0), all);
        if (required) {
            event.required().add(words.get(0));
        }
    }
}
