package ipn.bench.alerts;

import ipn.bench.load.IpnCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;

/** The scripts and the README of a {@link Desk}. What a person asks, and the answers, are files in folders. */
record DeskFiles(Path folder) {
    /** Not an owner: who asks this says that all is well again. */
    static final String OVER = "over";

    Path asked() {
        return folder.resolve("asked");
    }

    Path answers() {
        return folder.resolve("answers");
    }

    /** All that was typed, a line each. */
    Path typed() {
        return folder.resolve("typed");
    }

    /** What fires now. */
    Path alerts() {
        return folder.resolve("alerts");
    }

    /** Makes them for a pipeline. */
    void write(Scene scene) throws IOException {
        write(command(scene), readme(scene));
    }

    /**
     * Makes them.
     *
     * @param command lines of the script {@code ipn}
     */
    void write(String command, String readme) throws IOException {
        Files.createDirectories(asked());
        Files.createDirectories(answers());
        Files.writeString(typed(), "");
        Files.writeString(alerts(), "");
        script("ipn", command);
        script("ask", """
                cd "$(dirname "$0")"
                if [ $# -lt 2 ]; then echo "usage: ./ask OWNER WHAT-YOU-SEE (see README)" >&2; exit 2; fi
                echo "ask $*" >> typed
                rm -f "answers/$1"
                echo "${*:2}" > "asked/$1"
                until [ -e "answers/$1" ]; do sleep 0.2; done
                cat "answers/$1"
                """);
        Files.writeString(folder.resolve("README"), readme);
    }

    private static String command(Scene scene) {
        var settings = scene.stages().environment().entrySet().stream()
                .map(each -> quoted(each.getKey() + "=" + each.getValue()))
                .sorted()
                .collect(Collectors.joining(" "));
        var program = IpnCommand.words(scene.stages(), "desk").stream()
                .map(DeskFiles::quoted)
                .collect(Collectors.joining(" "));
        return """
                echo "ipn $*" >> "$(dirname "$0")/typed"
                exec env %s %s "$@"
                """.formatted(settings, program);
    }

    private String readme(Scene scene) {
        return """
                ./alerts    the alerts that fire now, renewed each second
                ./ipn       the command, with the settings of this pipeline: ./ipn status %s
                ./ask       asks the owner of something that is not yours: ./ask kafka 'brokers refuse connections'
                            Owners: kafka, registry, machines (CPU, memory and disks of the stages), each gateway by its name.
                            When all is well again: ./ask over 'what it was, and what you did'

                Settings: %s
                Ingress: %s. Broker: 127.0.0.1:%d. Logs of the stages: %s/*.log
                A stage that has ended is started again at once. An account with changed settings needs no restart.
                """.formatted(
                        scene.managementPorts().stream()
                                .map("--url http://127.0.0.1:%d"::formatted)
                                .collect(Collectors.joining(" ")),
                        scene.files().settings(),
                        scene.stages().url(),
                        scene.brokerPort(),
                        folder.getParent());
    }

    private void script(String name, String lines) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, "#!/usr/bin/env bash\nset -eu\n" + lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String quoted(String word) {
        return "'%s'".formatted(word.replace("'", "'\\''"));
    }
}
