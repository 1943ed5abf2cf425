package ipn.ingress;

import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.util.Map;

/** An ingress in a JVM of its own, made to be killed: says its port, and ends with the one that started it. */
final class KilledIngress {
    private KilledIngress() {}

    public static void main(String[] arguments) throws Exception {
        var topics = new TopicCatalogue(arguments[1], 2, (short) 1);
        var live = new Live("", Clock.systemUTC(), Live.kafka(arguments[0], topics, Map.of()), TestAccount.main())
                .awaitReady();
        System.out.println("port " + live.server.port());
        while (System.in.read() >= 0) {
            continue;
        }
        Runtime.getRuntime().halt(0);
    }
}
