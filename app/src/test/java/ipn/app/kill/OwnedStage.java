package ipn.app.kill;

import ipn.app.Main;
import ipn.embedded.Owner;

/** Runs {@code ipn}, and ends when the JVM that started it does. */
final class OwnedStage {
    private OwnedStage() {}

    public static void main(String[] arguments) {
        Owner.haltWithIt();
        Main.main(arguments);
    }
}
