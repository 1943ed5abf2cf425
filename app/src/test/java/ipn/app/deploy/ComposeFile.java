package ipn.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.IpnConfig;
import ipn.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml}, read as a container engine would. */
record ComposeFile(Path root, JsonNode tree) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");
    private static final Pattern SECRET = Pattern.compile("file:/run/secrets/([a-z-]+)");

    /** A port of a container and where on this machine it is reached; published 0: at any free one. */
    record Port(String host, int published, int container) {
        static Port of(String text) {
            var parts = text.split(":");
            var all = parts.length == 2 ? new String[] {"0.0.0.0", parts[0], parts[1]} : parts;
            return new Port(all[0], all[1].isEmpty() ? 0 : Integer.parseInt(all[1]), Integer.parseInt(all[2]));
        }

        boolean onlyHere() {
            return host.equals("127.0.0.1");
        }
    }

    /** Anchors and merges are resolved, and variables have their defaults. */
    static ComposeFile read() {
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docker-compose.yml"))) {
            root = root.getParent();
        }
        var text = VARIABLE.matcher(text(root.resolve("docker-compose.yml"))).replaceAll("$1");
        return new ComposeFile(root, yaml(text));
    }

    static JsonNode yaml(String text) {
        Map<String, Object> loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return new ObjectMapper().valueToTree(loaded);
    }

    String text(String file) {
        return text(root.resolve(file));
    }

    JsonNode service(String name) {
        return tree.path("services").path(name);
    }

    List<String> services() {
        return names(tree.path("services"));
    }

    /** Services that run an image of ours. */
    List<String> ours() {
        return services().stream()
                .filter(name -> service(name).path("image").asText().matches("ipn(-[a-z]+)?:.*"))
                .toList();
    }

    List<Port> ports(String service) {
        return texts(service(service).path("ports")).map(Port::of).toList();
    }

    /** What a container of this service has mounted, by its path within. */
    Map<String, String> mounts(String service) {
        var mounts = new TreeMap<String, String>();
        texts(service(service).path("volumes"))
                .map(text -> text.split(":"))
                .forEach(parts -> mounts.put(parts[1], parts[0]));
        return mounts;
    }

    /** Variables of the image, and above them those of the service. */
    Map<String, String> environment(String service) {
        var all = new TreeMap<String, String>();
        if (ours().contains(service)) {
            all.putAll(ImageFile.read(root).variables());
        }
        service(service)
                .path("environment")
                .properties()
                .forEach(each -> all.put(each.getKey(), each.getValue().asText()));
        return all;
    }

    /** All sections of the settings in this service; without secrets, because each stage has only its own mounted. */
    IpnConfig config(String service, Map<String, String> environment) {
        return IpnConfig.from(settings(service, environment).withoutSecrets(), Path.of(environment.get("IPN_DATA")));
    }

    /** The settings in this service, not yet read: its settings file, its secrets, and these variables. */
    Settings settings(String service, Map<String, String> environment) {
        var mounted = mounts(service).get(environment.get("IPN_CONFIG"));
        var yaml = SECRET.matcher(text(mounted)).replaceAll(found -> "file:" + secret(service, found.group(1)));
        return Settings.parse(yaml, environment, root);
    }

    IpnConfig config(String service) {
        return config(service, environment(service));
    }

    private String secret(String service, String name) {
        return texts(service(service).path("secrets")).toList().contains(name)
                ? tree.path("secrets").path(name).path("file").asText()
                : "not-mounted/" + name;
    }

    static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static Stream<String> texts(JsonNode array) {
        var all = new ArrayList<String>();
        array.forEach(each -> all.add(each.asText()));
        return all.stream();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
