package ipn.bench.twin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The sizes of the rounds, and how the twin runs. */
final class TwinOptions {
    @Option(
            names = "--notifications",
            description = "Notifications in a round at full speed. Default: ${DEFAULT-VALUE}.")
    int notifications = 10_000;

    @Option(
            names = "--pairs",
            description = "Pairs of rounds at full speed, and at the fixed rate. Default: ${DEFAULT-VALUE}.")
    int pairs = 5;

    @Option(
            names = "--warm-up",
            description = "Notifications in the round of each that is not counted. Default: as many as in a round.")
    Optional<Integer> warmUp = Optional.empty();

    @Option(
            names = "--rate",
            description = "Notifications per second at the fixed rate, open loop. Default: ${DEFAULT-VALUE}.")
    int rate = 200;

    @Option(
            names = "--rate-notifications",
            description = "Notifications in a round at the fixed rate. Default: ${DEFAULT-VALUE}.")
    int rateNotifications = 6_000;

    @Option(names = "--starts", description = "Starts of each after a stop. Default: ${DEFAULT-VALUE}.")
    int starts = 5;

    @Option(names = "--kills", description = "Kills of all processes of each under load. Default: ${DEFAULT-VALUE}.")
    int kills = 5;

    @Option(names = "--kill-seconds", description = "Seconds between two kills. Default: ${DEFAULT-VALUE}.")
    int killSeconds = 20;

    @Option(
            names = "--kill-rate",
            description = "Notifications per second during the kills. Default: ${DEFAULT-VALUE}.")
    int killRate = 100;

    @Option(names = "--connections", description = "Number of keep-alive connections. Default: ${DEFAULT-VALUE}.")
    int connections = 64;

    @Option(names = "--twin-heap", description = "Heap of the twin in MiB. Default: ${DEFAULT-VALUE}.")
    int twinHeap = 512;

    @Option(
            names = "--postgres-unsafe",
            description = "Commits of PostgreSQL do not wait for the disk, as the embedded broker does not.")
    boolean postgresUnsafe;

    @Option(names = "--seed", description = "Seed of the order of notifications. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    int port = 18_880;

    SpringTwin.Options twin() {
        return new SpringTwin.Options(twinHeap, !postgresUnsafe);
    }

    /** For the report. */
    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("notifications", notifications);
        json.put("pairs", pairs);
        json.put("warmUp", warmUp.orElse(notifications));
        json.put("rate", rate);
        json.put("rateNotifications", rateNotifications);
        json.put("starts", starts);
        json.put("kills", kills);
        json.put("killSeconds", killSeconds);
        json.put("killRate", killRate);
        json.put("connections", connections);
        json.put("twinHeapMib", twinHeap);
        json.put("postgresUnsafe", postgresUnsafe);
        json.put("seed", seed);
        return json;
    }
}
