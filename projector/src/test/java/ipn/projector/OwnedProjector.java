package ipn.projector;

import ipn.embedded.Owner;

/** The projector's program, which ends when the JVM that started it does. */
final class OwnedProjector {
    private OwnedProjector() {}

    public static void main(String[] arguments) {
        Owner.haltWithIt();
        ProjectorMain.main(arguments);
    }
}
