package ipn.bench.chaos;

import ipn.bench.imports.StripeExport;
import ipn.bench.measure.CommittedRecords;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Imports subscriptions with a command that is killed, and again: each of their users has access then, and none twice. */
final class ImportedUsers implements OperatorWork {
    private static final int USERS = 20;

    private final Desk desk;
    private final Set<String> users;
    private int exit = -1;

    ImportedUsers(Desk desk) {
        this.desk = desk;
        this.users = ExpectedEvents.users("imported-" + desk.name(), USERS);
    }

    @Override
    public void work(Random random) throws IOException, InterruptedException {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        exit = desk.typeKilledAndAgain(
                        random,
                        "import",
                        "subscriptions",
                        export(now).toString(),
                        "--from",
                        "stripe",
                        "--as-of",
                        now.toString(),
                        "--by",
                        "operator",
                        "--yes")
                .exit();
    }

    private Path export(Instant now) throws IOException {
        var start = now.minus(10, ChronoUnit.DAYS);
        var end = now.plus(20, ChronoUnit.DAYS);
        var lines = new ArrayList<>(List.of(StripeExport.HEADER));
        users.forEach(user -> lines.add(StripeExport.line(user, user, start, end)));
        return Files.write(desk.command().folder().resolve(desk.name() + ".csv"), lines);
    }

    @Override
    public boolean done() {
        return exit == 0;
    }

    @Override
    public List<String> differences(KafkaSettings kafka, CommittedRecords reader) {
        return new ExpectedEvents(users, "import", exit).differences(kafka, reader);
    }
}
