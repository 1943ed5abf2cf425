package ipn.bench.chaos;

import java.util.List;
import java.util.Locale;

/** A kind of fault. */
enum Action {
    /** SIGKILL, and started again at once. */
    KILL(Target.INGRESS, Target.PROCESSOR, Target.PROJECTOR, Target.BROKER),
    /** SIGKILL, and started again when its place in its group has expired. */
    AWAY(Target.PROCESSOR, Target.PROJECTOR, Target.BROKER),
    /** Two of three brokers are killed, and started again after a while: no record can be written meanwhile. */
    FEW_REPLICAS(Target.BROKER),
    /** Each of three brokers is stopped and started again, one after the other. */
    ROLL(Target.BROKER),
    /** SIGSTOP for longer than a transaction or a session lasts: connections stay open, but nothing responds. */
    FREEZE(Target.INGRESS, Target.PROCESSOR, Target.PROJECTOR, Target.BROKER, Target.REGISTRY),
    /** SIGSTOP for most of the time, as with a disk that stands still again and again. */
    SLOW(Target.BROKER),
    /** Another instance starts; the first is killed, and comes back while the other works. Then the other stops. */
    TAKE_OVER(Target.PROCESSOR, Target.PROJECTOR),
    /** SIGKILL, and started again without its state directory. */
    LOSE_STATE(Target.PROCESSOR, Target.PROJECTOR),
    /** Stopped, and started again with other bytes in files of its state directory. */
    DAMAGE_STATE(Target.PROCESSOR, Target.PROJECTOR),
    /** SIGKILL, and started again without its state directory; then no file of it can grow for a while. */
    FULL_DISK(Target.PROCESSOR, Target.PROJECTOR),
    /** Stopped, and started again with too little memory for a while. */
    SMALL_HEAP(Target.PROCESSOR, Target.PROJECTOR),
    /** The wall clock is set away and back, while everything runs. */
    STEP_CLOCK(Target.MACHINE),
    /** Stopped, and started again with the classes of the other of two builds: an upgrade, or a rollback. */
    SWAP_BUILD(Target.INGRESS, Target.PROCESSOR, Target.PROJECTOR),
    /** Between the broker and everybody else each piece of data takes longer. */
    DELAY(Target.NETWORK),
    /** Connections to the broker stay open for longer than a session lasts, but nothing arrives. */
    HANG(Target.NETWORK),
    /** Connections to the broker break, and are refused for some seconds. */
    CUT(Target.NETWORK),
    /** Half of the connections to the broker break, several times. */
    FLAP(Target.NETWORK);

    private final List<Target> targets;

    Action(Target... targets) {
        this.targets = List.of(targets);
    }

    /** The processes to which it can happen. */
    List<Target> targets() {
        return targets;
    }

    /** As it is written in options and reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
