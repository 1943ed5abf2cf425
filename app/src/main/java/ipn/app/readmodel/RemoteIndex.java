package ipn.app.readmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.topic.Lookup;
import ipn.operations.topic.Position;
import ipn.operations.topic.RecordIndex;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tables of the query stage as an index of the topics' records. What it does not know, or fails to answer, is read from the topics. */
final class RemoteIndex implements RecordIndex {
    private static final String PATH = "/v1/records?from=";
    /** Below the longest request line of the stage. */
    private static final int LENGTH_MAX = 6_000;

    private final QueryClient client;
    private final Map<String, String> topics;
    private final Set<String> readInFull = new TreeSet<>();

    /** @param topics full names, by the names of lookups */
    RemoteIndex(QueryClient client, Map<String, String> topics) {
        this.client = client;
        this.topics = Map.copyOf(topics);
    }

    /** Topics that it did not know enough about. */
    Set<String> readInFull() {
        return readInFull;
    }

    @Override
    public Optional<Collection<Position>> find(Lookup lookup) {
        var mayKnow = !lookup.isWhole() && lookup.topic().equals(topics.get(lookup.name()));
        var found = mayKnow ? ask(lookup) : Optional.<Collection<Position>>empty();
        if (found.isEmpty()) {
            readInFull.add(lookup.topic());
        }
        return found;
    }

    private Optional<Collection<Position>> ask(Lookup lookup) {
        var found = new LinkedHashSet<Position>();
        try {
            for (var path : paths(lookup)) {
                var answer = client.ask(path);
                if (!answer.path("known").asBoolean()) {
                    return Optional.empty();
                }
                answer.path("records")
                        .forEach(record -> found.add(new Position(
                                lookup.topic(),
                                record.path(0).asInt(),
                                record.path(1).asLong())));
            }
            return Optional.of(found);
        } catch (QueryException e) {
            return Optional.empty();
        }
    }

    /** As many requests as it takes to name all values; none if no value is wanted. */
    private static List<String> paths(Lookup lookup) {
        var terms = new StringBuilder(PATH).append(encoded(lookup.name()));
        if (lookup.newest() > 0) {
            terms.append("&newest=").append(lookup.newest());
        }
        lookup.all().forEach((name, value) -> terms.append(parameter(name, value)));
        var begin = terms.toString();
        if (lookup.any().isEmpty()) {
            return List.of(begin);
        }
        var paths = new ArrayList<String>();
        var path = new StringBuilder(begin);
        for (var term : lookup.any().entrySet()) {
            for (var value : term.getValue()) {
                var parameter = parameter(term.getKey(), value);
                if (path.length() > begin.length() && path.length() + parameter.length() > LENGTH_MAX) {
                    paths.add(path.toString());
                    path = new StringBuilder(begin);
                }
                path.append(parameter);
            }
        }
        if (path.length() > begin.length()) {
            paths.add(path.toString());
        }
        return paths;
    }

    private static String parameter(String name, String value) {
        return "&" + encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
