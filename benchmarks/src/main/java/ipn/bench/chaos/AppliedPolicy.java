package ipn.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.PaymentStatus;
import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.Scenario;
import ipn.bench.load.Scenarios;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.Workload;
import ipn.bench.measure.CommittedRecords;
import ipn.key.EntitlementKey;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Users pay for a product that is missing in the settings; it is added, the projector is started with it, and the settings are applied to what was
 * paid before, with a command that is killed, and again: each of the users has access then, and none twice.
 */
final class AppliedPolicy implements OperatorWork {
    private static final int USERS = 5;
    private static final Duration JUDGED_MAX = Duration.ofSeconds(90);

    private final Desk desk;
    private final SettingsFile settings;
    private final Instant start = Scenarios.recentStart();
    private final List<Scenario> purchases;
    private final List<String> problems = new ArrayList<>();
    private int exit = -1;

    AppliedPolicy(Desk desk, SettingsFile settings) {
        this.desk = desk;
        this.settings = settings;
        var scenarios =
                new Scenarios("late" + desk.name(), start).withoutOrders().ofProduct(product());
        purchases = IntStream.range(0, USERS)
                .mapToObj(number -> scenarios.post(
                        number,
                        "stripe",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.NONE,
                        0,
                        EntitlementStatus.ACTIVE,
                        "payment_intent.succeeded"))
                .toList();
    }

    private String product() {
        return "late-" + desk.name();
    }

    private SeparateStages stages() {
        return desk.command().stages();
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        var kafka = stages().settings().kafka();
        var judged = CommittedRecords.fromNow(kafka, List.of(TopicCatalogue.DISCREPANCIES));
        buy();
        if (!Polling.upTo(JUDGED_MAX).every(Duration.ofMillis(200)).until(() -> areJudged(judged))) {
            problems.add("%s: no discrepancy of each payment within %s".formatted(product(), JUDGED_MAX));
        }
        settings.add(product());
        stages().projector().close();
        stages().projector().startAgain();
        stages().awaitReady(SeparateStages.PROJECTOR);
    }

    private void buy() throws InterruptedException {
        var senders = LoadCommand.senders(stages().source());
        try (var client = new LoadClient(stages().url(), 1)) {
            for (var purchase : purchases) {
                var unused = client.sendAllUntilAnswered(Workload.calls(purchase, senders, Instant.now()));
            }
        }
    }

    private boolean areJudged(CommittedRecords discrepancies) {
        var judged = new HashSet<String>();
        discrepancies.read(TopicCatalogue.DISCREPANCIES, record -> judged.add(new String(record.key(), UTF_8)));
        return purchases.stream()
                .flatMap(purchase -> purchase.payments().stream())
                .allMatch(payment -> judged.contains(payment.paymentKey()));
    }

    @Override
    public void work(Random random) throws IOException, InterruptedException {
        var answer = desk.typeKilledAndAgain(
                random,
                "policy",
                "apply",
                "--since",
                start.minusSeconds(1).toString(),
                "--by",
                "operator",
                "--why",
                "a product was missing",
                "--yes");
        exit = answer.exit();
    }

    @Override
    public boolean done() {
        return exit == 0;
    }

    @Override
    public List<String> differences(KafkaSettings kafka, CommittedRecords reader) {
        var all = new ArrayList<>(problems);
        all.addAll(new ExpectedEvents(users(), "policy apply", exit).differences(kafka, reader));
        return all;
    }

    private Set<String> users() {
        return purchases.stream()
                .map(purchase -> EntitlementKey.parse(
                                purchase.access().orElseThrow().stateKey())
                        .orElseThrow()
                        .subject()
                        .value())
                .collect(Collectors.toSet());
    }
}
