package ipn.bench.chaos;

import ipn.bench.load.SeparateStages;
import ipn.bench.load.StageProcess;
import ipn.bench.measure.Pulses;
import ipn.bench.measure.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Does to a pipeline what a fault says. When it returns, each process runs again, and may still restore its state. */
final class Injector {
    /** Longer than the session of a stage in its group, and than a transaction of Kafka Streams, which last 10 s each. */
    private static final int LONG_MILLIS = 13_000;

    private static final int BETWEEN_MILLIS_MAX = 3_000;
    /** Longer than transactions, sessions and the waits of clients. */
    private static final int SLOW_MILLIS = 45_000;

    private static final int STEP_MILLIS = 10_000;

    private static final int DELAY_MILLIS = 8_000;
    private static final int CUT_MILLIS = 4_000;
    private static final int FLAPS = 10;
    private static final int FLAP_MILLIS = 500;

    /** Of three brokers, so that no record can be written. */
    private static final int TOO_MANY_AWAY = 2;

    private final SeparateStages stages;
    private final Brokers brokers;
    private final Optional<OtherBuild> otherBuild;
    private final Optional<WallClock> clock;

    /**
     * Begins.
     *
     * @param otherBuild empty: no build is swapped
     * @param clock empty: no clock is set
     */
    Injector(SeparateStages stages, Brokers brokers, Optional<OtherBuild> otherBuild, Optional<WallClock> clock) {
        this.stages = stages;
        this.brokers = brokers;
        this.otherBuild = otherBuild;
        this.clock = clock;
    }

    /** @param random of the round */
    void inflict(Fault fault, Random random) throws IOException, InterruptedException {
        var name = fault.target().label();
        if (clock.isPresent()) {
            clock.get().forgetEnded();
        }
        switch (fault.action()) {
            case KILL -> kill(fault.target(), random);
            case AWAY -> away(fault.target(), random);
            case FEW_REPLICAS -> brokers.killFor(TOO_MANY_AWAY, LONG_MILLIS, random);
            case ROLL -> brokers.roll();
            case FREEZE -> freeze(fault.target(), random);
            case TAKE_OVER -> takeOver(name, random);
            case LOSE_STATE -> state(name).lose();
            case DAMAGE_STATE -> state(name).damage(random);
            case FULL_DISK -> shortage(name).ofDisk(state(name));
            case SMALL_HEAP -> shortage(name).ofMemory(random);
            case SLOW -> slow(random);
            case STEP_CLOCK -> stepClock(clock.orElseThrow(), random);
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

    private void slow(Random random) throws IOException, InterruptedException {
        var pulses = Pulses.ofSlowDisk(brokers.pid(random));
        try (pulses) {
            TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
        }
    }

    private void stepClock(WallClock clock, Random random) throws IOException, InterruptedException {
        var step = ClockStep.any(random);
        System.err.println("    " + step.ahead());
        clock.set(step.ahead());
        try {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        } finally {
            clock.set(Duration.ZERO);
        }
    }

    private Shortage shortage(String name) {
        return new Shortage(stages.process(name), Duration.ofMillis(LONG_MILLIS));
    }

    private LocalState state(String name) {
        return new LocalState(stages, name);
    }
}
