package ipn.embedded;

import java.nio.file.Path;

/** A process of its own that starts a broker, says its process id and address, and waits to be killed. Argument: folder. */
public final class OwnerOfBroker {
    private OwnerOfBroker() {}

    public static void main(String[] args) throws Exception {
        var broker = EmbeddedBroker.start(Path.of(args[0]), 0, BrokerOptions.defaults());
        System.out.println(broker.pid() + " " + broker.bootstrapServers());
        System.in.read();
    }
}
