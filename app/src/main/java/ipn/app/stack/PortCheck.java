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

    /** @throws UserException with every port in use, and the option that changes it */
    static void requireFree(IpnConfig config, Set<Stage> stages, boolean builtIn) {
        var inUse = new ArrayList<String>();
        check("kafka", config.embedded().kafkaPort(), inUse);
        check("registry", config.embedded().registryPort(), inUse);
        check("management", config.management().port(), inUse);
        if (stages.contains(Stage.INGRESS)) {
            check("ingress", config.ingress().config().listen().port(), inUse);
        }
        if (stages.contains(Stage.ACCESS)) {
            check("access", config.access().listen().port(), inUse);
        }
        if (stages.contains(Stage.QUERY)) {
            check("query", config.query().listen().port(), inUse);
        }
        if (builtIn) {
            check("stand-in", config.embedded().standInPort(), inUse);
        }
        if (!inUse.isEmpty()) {
            throw UserException.problem(String.join(System.lineSeparator() + "     ", inUse));
        }
    }

    private static void check(String name, int port, List<String> inUse) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            inUse.add("port %d: already in use (expected: a free port; choose another with --%s-port)"
                    .formatted(port, name));
        }
    }
}
