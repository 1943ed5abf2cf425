package ipn.app.kill;

import ipn.app.Main;
import java.io.IOException;

/** Runs {@code ipn}, and ends when the JVM that started it does, so that a killed build leaves no stage behind. */
final class OwnedStage {
    private OwnedStage() {}

    public static void main(String[] arguments) {
        var watch = new Thread(OwnedStage::haltWithOwner, "owner");
        watch.setDaemon(true);
        watch.start();
        Main.main(arguments);
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
