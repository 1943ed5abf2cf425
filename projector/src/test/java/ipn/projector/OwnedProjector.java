package ipn.projector;

import java.io.IOException;

/** The projector's program, which ends when the JVM that started it does, so that a killed build leaves no stage behind. */
final class OwnedProjector {
    private OwnedProjector() {}

    public static void main(String[] arguments) {
        var watch = new Thread(OwnedProjector::haltWithOwner, "owner");
        watch.setDaemon(true);
        watch.start();
        ProjectorMain.main(arguments);
    }

    /** The owner writes nothing: standard input ends when its process does. */
    private static void haltWithOwner() {
        try {
            while (System.in.read() >= 0) {
                // nothing is expected
            }
        } catch (IOException e) {
            // no input, no owner
        }
        Runtime.getRuntime().halt(1);
    }
}
