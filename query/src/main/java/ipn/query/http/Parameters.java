package ipn.query.http;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what a request asks for. */
final class Parameters {
    private Parameters() {}

    /** @throws ProblemException if a parameter is unknown, repeated or has a wrong value */
    static Map<String, String> of(Listing listing, MultiMap query) {
        var checked = new LinkedHashMap<String, String>();
        for (var parameter : query) {
            check(listing, parameter.getKey(), parameter.getValue(), checked);
        }
        return checked;
    }

    /** Adds one to those that are checked. */
    static void check(Listing listing, String name, String value, Map<String, String> checked) {
        var kind = kind(listing, name)
                .orElseThrow(() -> new ProblemException(Problem.BAD_PARAMETER)); // its name is the sender's text
        if (!kind.accepts(value)) {
            throw ProblemException.parameter(name, kind.expected());
        }
        if (checked.put(name, value) != null) {
            throw ProblemException.parameter(name, "once");
        }
    }

    private static Optional<Kind> kind(Listing listing, String name) {
        return switch (name) {
            case ListQuestion.LIMIT -> Optional.of(Kind.LIMIT);
            case ListQuestion.CURSOR -> Optional.of(Kind.CURSOR);
            default -> listing.filter(name).map(Filter::kind);
        };
    }

    /**
     * The id at the end of a path, as it was sent: it may have slashes, and dots that would mean another folder.
     *
     * @throws ProblemException if it is no id
     */
    static String id(@Nullable String rawPath, String prefix) {
        if (rawPath == null || !rawPath.startsWith(prefix)) {
            throw new ProblemException(Problem.BAD_REQUEST);
        }
        var encoded = rawPath.substring(prefix.length());
        try {
            // a plus sign in a path is no space
            var id = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (Kind.TEXT.accepts(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // a percent sign without two digits
        }
        throw new ProblemException(Problem.BAD_REQUEST);
    }
}
