package ipn.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.bench.measure.CommittedRecords;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a command must lead to: each of some users gains access, with one event.
 *
 * @param users whom nothing else concerns
 * @param command for people
 * @param exit code of the command
 */
record ExpectedEvents(Set<String> users, String command, int exit) {
    /** Names of users, such as {@code imported-7-0} and {@code imported-7-1}. */
    static Set<String> users(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> prefix + "-" + number)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Users with too few events, although the command reported success, or with too many, or with others. */
    List<String> differences(KafkaSettings kafka, CommittedRecords reader) {
        var events = events(kafka, reader);
        return users.stream()
                .filter(user -> !right(events.getOrDefault(user, List.of())))
                .map(user -> "%s: entitlement events %s after %s with exit code %d (expected: %sone, ACTIVE)"
                        .formatted(
                                user, events.getOrDefault(user, List.of()), command, exit, exit == 0 ? "" : "none or "))
                .toList();
    }

    private boolean right(List<EntitlementStatus> events) {
        return events.equals(List.of(EntitlementStatus.ACTIVE)) || exit != 0 && events.isEmpty();
    }

    private Map<String, List<EntitlementStatus>> events(KafkaSettings kafka, CommittedRecords reader) {
        var events = new HashMap<String, List<EntitlementStatus>>();
        try (var values = kafka.serdes().deserializer(EntitlementEvent.class)) {
            reader.read(TopicCatalogue.ENTITLEMENTS, record -> {
                var user = record.key() == null ? "" : new String(record.key(), UTF_8);
                if (users.contains(user)) {
                    events.computeIfAbsent(user, any -> new ArrayList<>())
                            .add(values.deserialize(record.topic(), record.value())
                                    .getStatus());
                }
            });
        }
        return events;
    }
}
