package ipn.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import ipn.serde.FullCompatibility;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** The routes of the registry: the part of Confluent's interface that clients use to write and read Avro. */
final class RegistryRoutes {
    private static final String LEVEL = "FULL_TRANSITIVE";
    private static final int SUBJECT_LENGTH_MAX = 255;

    private final RegistryStore store;

    private final List<Route> routes;

    RegistryRoutes(RegistryStore store) {
        this.store = store;
        this.routes = routes();
    }

    // spotless:off
    private List<Route> routes() {
        return List.of(
            get("/",                                    call -> Map.of()),
            get("/schemas/types",                       call -> List.of("AVRO")),
            get("/schemas/ids/(\\d{1,9})",              call -> Map.of("schema", anyWithId(call).schema())),
            get("/schemas/ids/(\\d{1,9})/schema",       call -> RegistryStore.parse(anyWithId(call).schema())),
            get("/schemas/ids/(\\d{1,9})/subjects",     call -> withId(call).stream().map(RegisteredSchema::subject).toList()),
            get("/schemas/ids/(\\d{1,9})/versions",     call -> withId(call).stream().map(RegistryRoutes::place).toList()),
            get("/subjects",                            call -> subjects()),
            get("/subjects/([^/]+)/versions",           call -> versions(call.part(1)).stream().map(RegisteredSchema::version).toList()),
            get("/subjects/([^/]+)/versions/([^/]+)",   call -> whole(version(call.part(1), call.part(2)))),
            get("/subjects/([^/]+)/versions/([^/]+)/schema", call -> RegistryStore.parse(version(call.part(1), call.part(2)).schema())),
            get("/mode",                                call -> Map.of("mode", "READWRITE")),
            get("/config",                              call -> Map.of("compatibilityLevel", LEVEL)),
            get("/config/([^/]+)",                      this::config),
            put("/config/([^/]+)",                      this::setConfig),
            post("/subjects/([^/]+)",                   call -> whole(lookUp(call))),
            post("/subjects/([^/]+)/versions",          call -> Map.of("id", store.register(subject(call), schema(call)).id())),
            post("/compatibility/subjects/([^/]+)/versions",         call -> compatibility(call, versions(call.part(1)))),
            post("/compatibility/subjects/([^/]+)/versions/([^/]+)", call -> compatibility(call, List.of(version(call.part(1), call.part(2))))));
    }
    // spotless:on

    private record Route(String method, Pattern path, Handler handler) {}

    /** Makes the response body of a call: a value that becomes JSON, or an Avro schema, which is JSON already. */
    private interface Handler {
        Object handle(Call call);
    }

    /**
     * One request.
     *
     * @param path match of the path; its segments are still encoded
     * @param query as received; empty where there is none
     * @param body JSON; missing where there is none
     */
    record Call(MatchResult path, String query, JsonNode body) {
        String part(int group) {
            return EmbeddedRegistry.decoded(path.group(group));
        }
    }

    /** @throws RegistryException if there is no such path, or the request is rejected */
    Object answer(String method, String path, String query, JsonNode body) {
        var found = false;
        for (var route : routes) {
            var matcher = route.path().matcher(path);
            if (matcher.matches()) {
                if (route.method().equals(method)) {
                    return route.handler().handle(new Call(matcher.toMatchResult(), query, body));
                }
                found = true;
            }
        }
        throw found ? RegistryException.wrongMethod() : RegistryException.noSuchPage();
    }

    private static Route get(String path, Handler handler) {
        return new Route("GET", Pattern.compile(path), handler);
    }

    private static Route put(String path, Handler handler) {
        return new Route("PUT", Pattern.compile(path), handler);
    }

    private static Route post(String path, Handler handler) {
        return new Route("POST", Pattern.compile(path), handler);
    }

    private Set<String> subjects() {
        var subjects = new TreeSet<String>();
        store.all().forEach(each -> subjects.add(each.subject()));
        return subjects;
    }

    private List<RegisteredSchema> versions(String subject) {
        var versions = store.versions(subject);
        if (versions.isEmpty()) {
            throw RegistryException.noSubject(subject);
        }
        return versions;
    }

    private RegisteredSchema version(String subject, String version) {
        if (!version.matches("latest|-1|[1-9]\\d{0,8}")) {
            throw RegistryException.badVersion(version);
        }
        var versions = versions(subject);
        if (version.equals("latest") || version.equals("-1")) {
            return versions.get(versions.size() - 1);
        }
        var index = Integer.parseInt(version) - 1;
        if (index >= versions.size()) {
            throw RegistryException.noVersion(version);
        }
        return versions.get(index);
    }

    private List<RegisteredSchema> withId(Call call) {
        var found = store.withId(Integer.parseInt(call.part(1)));
        if (found.isEmpty()) {
            throw RegistryException.noSchema();
        }
        return found;
    }

    private RegisteredSchema anyWithId(Call call) {
        return withId(call).get(0);
    }

    private RegisteredSchema lookUp(Call call) {
        versions(call.part(1));
        return store.find(call.part(1), schema(call)).orElseThrow(RegistryException::noSchema);
    }

    private Object config(Call call) {
        if (!call.query().contains("defaultToGlobal=true")) {
            throw RegistryException.noConfig(call.part(1));
        }
        return Map.of("compatibilityLevel", LEVEL);
    }

    /** Every subject has this level already, and can have no other. */
    private Object setConfig(Call call) {
        var level = call.body().path("compatibility").asText();
        if (!level.equals(LEVEL)) {
            throw RegistryException.badLevel(level, LEVEL);
        }
        return Map.of("compatibility", LEVEL);
    }

    private static Object compatibility(Call call, List<RegisteredSchema> earlier) {
        var schema = schema(call);
        var problems = earlier.stream()
                .flatMap(each -> FullCompatibility.problems(schema, RegistryStore.parse(each.schema())).stream())
                .toList();
        return call.query().contains("verbose=true")
                ? Map.of("is_compatible", problems.isEmpty(), "messages", problems)
                : Map.of("is_compatible", problems.isEmpty());
    }

    private static String subject(Call call) {
        var subject = call.part(1);
        if (subject.isBlank() || subject.length() > SUBJECT_LENGTH_MAX) {
            throw RegistryException.badSubject();
        }
        return subject;
    }

    private static Schema schema(Call call) {
        var type = call.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryException.badSchema("schemaType: %s (expected: AVRO)".formatted(type));
        }
        if (!call.body().path("references").isEmpty()) {
            throw RegistryException.badSchema(
                    "references: not supported here (expected: one schema that contains all its types)");
        }
        if (!call.body().path("schema").isTextual()) {
            throw RegistryException.badSchema("schema: missing (expected: an Avro schema as a JSON string)");
        }
        return RegistryStore.parse(call.body().path("schema").asText());
    }

    private static Map<String, Object> place(RegisteredSchema each) {
        return Map.of("subject", each.subject(), "version", each.version());
    }

    private static Map<String, Object> whole(RegisteredSchema each) {
        return Map.of("subject", each.subject(), "version", each.version(), "id", each.id(), "schema", each.schema());
    }
}
