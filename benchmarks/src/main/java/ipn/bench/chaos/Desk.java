package ipn.bench.chaos;

import ipn.bench.load.IpnCommand;
import ipn.bench.load.IpnCommand.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/**
 * Where an engineer types commands.
 *
 * @param command types them
 * @param name part of the names of users that only this round has
 */
record Desk(IpnCommand command, String name) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int KILLED_AFTER_MILLIS_MIN = 2_000;
    private static final int KILLED_AFTER_MILLIS = 6_000;

    /** Types a command, and waits until it ends. */
    Answer type(String... words) throws IOException, InterruptedException {
        return command.type(PATIENCE, words);
    }

    /** Types a command that is killed while it runs, and then the same again. */
    Answer typeKilledAndAgain(Random random, String... words) throws IOException, InterruptedException {
        var killedAfter = KILLED_AFTER_MILLIS_MIN + random.nextInt(KILLED_AFTER_MILLIS);
        var unused = command.type(Duration.ofMillis(killedAfter), words);
        return type(words);
    }
}
