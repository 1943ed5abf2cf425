package ipn.access;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import ipn.access.http.Fields;
import ipn.access.http.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Parameters of a request, each of which is known and given once. */
record Query(MultiMap parameters) {

    static Query of(RoutingContext context, Set<String> known) {
        var parameters = context.queryParams();
        for (var name : parameters.names()) {
            if (!known.contains(name)) {
                throw Problem.badRequest(
                                "query: an unknown parameter (expected: %s)".formatted(String.join(", ", known)))
                        .exception();
            }
            if (parameters.getAll(name).size() > 1) {
                throw Problem.badRequest("%s: given more than once".formatted(name))
                        .exception();
            }
        }
        return new Query(parameters);
    }

    /** A part of the path or of the query, with any characters. */
    static String text(String name, String value) {
        if (value.isEmpty() || value.length() > Fields.TEXT_MAX) {
            throw Problem.badRequest("%s: wrong (expected: 1 to %d characters)".formatted(name, Fields.TEXT_MAX))
                    .exception();
        }
        return value;
    }

    Optional<String> text(String name) {
        return value(name).map(value -> text(name, value));
    }

    Optional<Duration> age(String name) {
        return value(name).map(value -> Fields.age(name, value));
    }

    boolean flag(String name) {
        return value(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw Problem.badRequest("%s: wrong (expected: true or false)".formatted(name))
                                .exception();
                })
                .orElse(false);
    }

    int number(String name, int otherwise, int max) {
        var number = value(name)
                .map(value -> value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0)
                .orElse(otherwise);
        if (number < 1 || number > max) {
            throw Problem.badRequest("%s: wrong (expected: 1 to %d)".formatted(name, max))
                    .exception();
        }
        return number;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
