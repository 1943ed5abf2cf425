package ipn.bench.chaos;

import ipn.bench.load.SeparateStages;
import ipn.bench.load.StageProcess;
import ipn.bench.measure.DataFolder;
import ipn.bench.measure.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Does to a pipeline what a fault says. When it returns, each process runs again, and may still restore its state. */
final class Injector {
    /** Longer than the session of a stage in its group, and than a transaction of Kafka Streams, which last 10 s each. */
    private static final int LONG_MILLIS = 13_000;

    private static final int BETWEEN_MILLIS_MAX = 3_000;
    private static final int DAMAGED_FILES = 4;
    private static final int DAMAGED_BYTES = 64;

    private static final int DELAY_MILLIS = 8_000;
    private static final int CUT_MILLIS = 4_000;
    private static final int FLAPS = 10;
    private static final int FLAP_MILLIS = 500;

    /** Of three brokers, so that no record can be written. */
    private static final int TOO_MANY_AWAY = 2;

    private final SeparateStages stages;
    private final Brokers brokers;
    private final Optional<OtherBuild> otherBuild;

    /** @param otherBuild empty: no build is swapped */
    Injector(SeparateStages stages, Brokers brokers, Optional<OtherBuild> otherBuild) {
        this.stages = stages;
        this.brokers = brokers;
        this.otherBuild = otherBuild;
    }

    /** @param random of the round */
    void inflict(Fault fault, Random random) throws IOException, InterruptedException {
        var name = fault.target().label();
        switch (fault.action()) {
            case KILL -> kill(fault.target(), random);
            case AWAY -> away(fault.target(), random);
            case FEW_REPLICAS -> brokers.killFor(TOO_MANY_AWAY, LONG_MILLIS, random);
            case ROLL -> brokers.roll();
            case FREEZE -> freeze(fault.target(), random);
            case TAKE_OVER -> takeOver(name, random);
            case LOSE_STATE -> loseState(name);
            case DAMAGE_STATE -> damageState(name, random);
            case SWAP_BUILD -> swapBuild(process(fault.target()));
            case DELAY -> brokers.link(random).delay(DELAY_MILLIS);
            case HANG -> brokers.link(random).hang(LONG_MILLIS);
            case CUT -> brokers.link(random).cut(CUT_MILLIS);
            case FLAP -> brokers.link(random).flap(FLAPS, FLAP_MILLIS, random);
        }
    }

    private StageProcess process(Target target) {
        return stages.process(target.label());
    }

    private void kill(Target target, Random random) throws IOException, InterruptedException {
        if (target == Target.BROKER) {
            brokers.kill(random);
        } else {
            process(target).killAndRestart();
        }
    }

    private void away(Target target, Random random) throws IOException, InterruptedException {
        if (target == Target.BROKER) {
            brokers.killFor(1, LONG_MILLIS, random);
        } else {
            var stage = process(target);
            stage.kill();
            TimeUnit.MILLISECONDS.sleep(LONG_MILLIS);
            stage.startAgain();
        }
    }

    private void freeze(Target target, Random random) throws IOException, InterruptedException {
        var pid =
                target == Target.BROKER ? brokers.pid(random) : process(target).pid();
        Signal.STOP.send(pid);
        try {
            TimeUnit.MILLISECONDS.sleep(LONG_MILLIS);
        } finally {
            Signal.CONT.send(pid);
        }
    }

    private void takeOver(String name, Random random) throws IOException, InterruptedException {
        var first = stages.process(name);
        try (var other = stages.startAnother(name)) {
            stages.awaitReadyAnother(name);
            first.kill();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(BETWEEN_MILLIS_MAX));
            first.startAgain();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(BETWEEN_MILLIS_MAX));
            if (random.nextBoolean()) {
                other.kill();
            }
        }
    }

    private void swapBuild(StageProcess stage) throws IOException {
        stage.close();
        stage.startAgain(otherBuild.orElseThrow().otherThan(stage.classPath()));
    }

    private void loseState(String name) throws IOException, InterruptedException {
        var stage = stages.process(name);
        stage.kill();
        DataFolder.delete(stages.state(name));
        stage.startAgain();
    }

    /** The stage is stopped as an operator does it: after a kill it would not trust its files anyway. */
    private void damageState(String name, Random random) throws IOException {
        var stage = stages.process(name);
        stage.close();
        var files = stateFiles(stages.state(name));
        for (var i = 0; i < DAMAGED_FILES && !files.isEmpty(); i++) {
            damage(files.get(random.nextInt(files.size())), random);
        }
        stage.startAgain();
    }

    /** Tables, logs and manifests of RocksDB, in an order that only the names decide. */
    private static List<Path> stateFiles(Path state) throws IOException {
        try (var files = Files.walk(state)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("rocksdb"))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    private static void damage(Path file, Random random) throws IOException {
        var bytes = Files.readAllBytes(file);
        var from = random.nextInt(bytes.length);
        for (var i = from; i < Math.min(bytes.length, from + DAMAGED_BYTES); i++) {
            bytes[i] = (byte) random.nextInt();
        }
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
