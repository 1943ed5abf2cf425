package ipn.operations.acl;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.settings.Problems;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The roles of {@code deploy/acls.yaml} and what each may do.
 *
 * @param roles in the order of the file
 */
public record AclFile(List<AclRole> roles) {
    private static final String RESOURCE = "acls.yaml";
    private static final String CATALOGUE = "{catalogue}";
    private static final String PRINCIPAL_RULE = "type and name, such as User:ipn-ingress";
    private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z]+:\\S.*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(prefix|processor|projector|name)}");

    /** Topics that are no part of the pipeline, such as those of a rebuild. */
    private static final Pattern OTHER_PREFIX = Pattern.compile("[a-z][a-z0-9-]*\\.\\*");

    /** The kinds of resources by their name in the file. */
    private static final Map<String, ResourceType> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("topic", ResourceType.TOPIC);
        TYPES.put("group", ResourceType.GROUP);
        TYPES.put("transactional-id", ResourceType.TRANSACTIONAL_ID);
    }

    public AclFile {
        roles = List.copyOf(roles);
    }

    /** The file that is part of the program: a copy of {@code deploy/acls.yaml}. */
    public static AclFile builtIn() {
        try (var file = AclFile.class.getResourceAsStream(RESOURCE)) {
            return parse(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws SettingsException with every problem of the file, or if there is no such file */
    public static AclFile load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new SettingsException(List.of(
                    "--acl-file: %s does not exist (expected: a file such as deploy/acls.yaml)".formatted(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws SettingsException with every problem of the text */
    public static AclFile parse(String yaml) {
        var file = Settings.parse(yaml, Map.of(), Path.of(""));
        var section = file.in("roles");
        var roles = section.names().stream()
                .map(name -> role(name, section.in(name)))
                .toList();
        if (roles.isEmpty()) {
            file.problems().add("roles", "missing", "a map of roles, see deploy/acls.yaml");
        }
        file.verify();
        return new AclFile(roles);
    }

    /**
     * The same with other principals for some roles.
     *
     * @param principals by role
     * @throws SettingsException if the file has no such role, or it is no principal
     */
    public AclFile withPrincipals(Map<String, String> principals) {
        var known = roles.stream().map(AclRole::name).toList();
        var problems = new Problems();
        principals.forEach((role, principal) -> {
            if (!known.contains(role)) {
                problems.add("--principal", role, "one of " + String.join(", ", known));
            }
            requirePrincipal(problems, "--principal " + role, principal);
        });
        problems.throwIfAny();
        return new AclFile(roles.stream()
                .map(role -> principals.containsKey(role.name())
                        ? new AclRole(
                                role.name(),
                                role.purpose(),
                                List.of(Objects.requireNonNull(principals.get(role.name()))),
                                role.grants())
                        : role)
                .toList());
    }

    /** All principals of all roles. */
    public Set<String> principals() {
        return roles.stream()
                .flatMap(role -> role.principals().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The access control entries of a deployment.
     *
     * @throws SettingsException if the application ids do not keep the stages apart
     */
    public Set<AclBinding> bindings(AclNames names) {
        var problems = new Problems();
        names.verify(problems);
        problems.throwIfAny();
        return roles.stream()
                .flatMap(role -> role.bindings(names))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static AclRole role(String name, Settings role) {
        var principals = role.list("principals");
        if (principals.isEmpty()) {
            role.problems().add(role.full("principals"), "missing", PRINCIPAL_RULE);
        }
        principals.forEach(principal -> requirePrincipal(role.problems(), role.full("principals"), principal));
        var grants = new ArrayList<AclGrant>();
        TYPES.forEach((key, type) -> {
            var section = role.in(key);
            for (var resource : section.names()) {
                var operations = operations(section, resource);
                resources(section, type, resource).forEach(each -> grants.add(new AclGrant(type, each, operations)));
            }
        });
        var cluster = operations(role, "cluster");
        if (!cluster.isEmpty()) {
            grants.add(new AclGrant(ResourceType.CLUSTER, AclGrant.CLUSTER, cluster));
        }
        return new AclRole(name, role.text("purpose", ""), principals, grants);
    }

    private static void requirePrincipal(Problems problems, String key, String principal) {
        if (!PRINCIPAL.matcher(principal).matches()) {
            problems.add(key, principal, PRINCIPAL_RULE);
        }
    }

    private static Set<AclOperation> operations(Settings section, String key) {
        var operations = new LinkedHashSet<AclOperation>();
        for (var text : section.list(key)) {
            var operation = AclOperation.fromString(text.replace('-', '_').toUpperCase(Locale.ROOT));
            if (operation == AclOperation.UNKNOWN || operation == AclOperation.ANY || operation == AclOperation.ALL) {
                section.problems()
                        .add(section.full(key), text, "an operation of Kafka, such as read, write or describe");
            } else {
                operations.add(operation);
            }
        }
        return operations;
    }

    /** The names of a grant: several only for all topics of the catalogue. */
    private static List<String> resources(Settings section, ResourceType type, String resource) {
        var names =
                TopicCatalogue.defaults().specs().stream().map(TopicSpec::name).toList();
        if (type == ResourceType.TOPIC && resource.equals(CATALOGUE)) {
            return names.stream().map(AclFile::ofCatalogue).toList();
        }
        if (type == ResourceType.TOPIC && names.contains(resource)) {
            return List.of(ofCatalogue(resource));
        }
        var rest = PLACEHOLDER.matcher(resource).replaceAll("");
        var known = type != ResourceType.TOPIC
                || resource.startsWith("{pro") && !rest.equals(resource)
                || OTHER_PREFIX.matcher(resource).matches();
        if (!known || rest.contains("{") || rest.contains("}") || resource.equals("*") || resource.isBlank()) {
            section.problems()
                    .add(
                            section.full(resource),
                            resource,
                            type == ResourceType.TOPIC
                                    ? "a topic of the catalogue, {catalogue}, or a name that begins with {processor} or {projector}, or another prefix such as shadow.*"
                                    : "a name with no other placeholder than {prefix}, {processor}, {projector} and {name}");
            return List.of();
        }
        return List.of(resource);
    }

    private static String ofCatalogue(String topic) {
        return "{prefix}" + topic;
    }
}
