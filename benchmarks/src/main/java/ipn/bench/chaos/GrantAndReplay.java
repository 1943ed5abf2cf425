package ipn.bench.chaos;

import ipn.bench.measure.CommittedRecords;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Grants access, and replays dead letters, also with a command that is killed. */
final class GrantAndReplay implements OperatorWork {
    private static final String[] REPLAY = {
        "dlq", "replay", "--all", "--limit", "20", "--by", "operator", "--why", "to see what comes again"
    };

    private final Desk desk;
    private final String user;
    private int granted = -1;

    GrantAndReplay(Desk desk) {
        this.desk = desk;
        this.user = "granted-" + desk.name();
    }

    @Override
    public void work(Random random) throws IOException, InterruptedException {
        granted = desk.type("grant", user, "premium", "--for", "P1D", "--by", "operator", "--why", "a gift", "--yes")
                .exit();
        var unused = desk.typeKilledAndAgain(random, REPLAY);
    }

    @Override
    public boolean done() {
        return granted == 0;
    }

    /** {@link Invariants} sees whether a dead letter was replayed twice. */
    @Override
    public List<String> differences(KafkaSettings kafka, CommittedRecords reader) {
        return new ExpectedEvents(Set.of(user), "grant", granted).differences(kafka, reader);
    }
}
