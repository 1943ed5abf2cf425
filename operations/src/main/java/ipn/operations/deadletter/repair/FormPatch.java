package ipn.operations.deadletter.repair;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Assignments to the fields of a form, one each line: {@code field=value} sets a field, {@code field} alone removes it. Fields without an assignment
 * keep their bytes and their order.
 */
record FormPatch(Map<String, Optional<String>> assignments) {

    /** @throws IllegalArgumentException if a line assigns nothing */
    static FormPatch parse(String text) {
        var assignments = new LinkedHashMap<String, Optional<String>>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            var parts = line.strip().split("=", 2);
            if (parts[0].isBlank()) {
                throw new IllegalArgumentException(
                        "patch: a line without a field (expected: field=value, or field to remove it)");
            }
            assignments.put(parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
        });
        return new FormPatch(assignments);
    }

    String apply(String form) {
        var names = Stream.of(form.split("&")).map(FormPatch::name).toList();
        var changed = Stream.of(form.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> assignments.containsKey(name(pair)) ? assigned(name(pair)) : pair)
                .filter(pair -> !pair.isEmpty());
        var added = assignments.keySet().stream()
                .filter(name -> !names.contains(name))
                .map(this::assigned)
                .filter(pair -> !pair.isEmpty());
        return Stream.concat(changed, added).collect(Collectors.joining("&"));
    }

    private String assigned(String name) {
        return assignments
                .getOrDefault(name, Optional.empty())
                .map(value -> URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8))
                .orElse("");
    }

    private static String name(String pair) {
        try {
            return URLDecoder.decode(pair.split("=", 2)[0], UTF_8);
        } catch (IllegalArgumentException e) {
            return pair;
        }
    }
}
