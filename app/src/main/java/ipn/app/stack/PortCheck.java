package ipn.app.stack;

import ipn.app.IpnConfig;
import ipn.app.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks every port before anything starts, so that all ports in use are reported at once. */
final class PortCheck {
    private PortCheck() {}

    /** @throws UserException with every port in use, and how to choose another */
    static void requireFree(IpnConfig config, Set<Stage> stages, boolean builtIn) {
        var taken = new ArrayList<String>();
        check("kafka", config.embedded().kafkaPort(), taken);
        check("registry", config.embedded().registryPort(), taken);
        check("management", config.management().port(), taken);
        if (stages.contains(Stage.INGRESS)) {
            check("ingress", config.ingress().listen().port(), taken);
        }
        if (builtIn) {
            check("stand-in", config.embedded().standInPort(), taken);
        }
        if (!taken.isEmpty()) {
            throw UserException.problem(String.join(System.lineSeparator() + "     ", taken));
        }
    }

    private static void check(String name, int port, List<String> taken) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            taken.add("port %d: already in use (expected: a free port; choose another with --%s-port)"
                    .formatted(port, name));
        }
    }
}
