package ipn.ingress;

import java.lang.management.ManagementFactory;

/** An ingress without Kafka in a small JVM of its own, made to be attacked: prints its port, and ends with the JVM that started it. */
final class SmallIngress {
    private SmallIngress() {}

    public static void main(String[] arguments) throws Exception {
        try (var ingress = new Ingress("event-loops: 2", TestAccount.main())) {
            ingress.raw.storing = records -> java.util.concurrent.CompletableFuture.completedFuture(null);
            System.out.println("port " + ingress.server.port());
            while (System.in.read() >= 0) {
                System.out.println("heap "
                        + ManagementFactory.getMemoryMXBean()
                                .getHeapMemoryUsage()
                                .getUsed());
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
