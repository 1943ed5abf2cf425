package ipn.app.command.send;

import ipn.simulator.Fault;
import picocli.CommandLine.Option;

/** Options: at most one deliberate fault of the notifications. */
final class FaultOptions {
    @Option(names = "--forge", description = "Sign with a secret that is not configured for any account.")
    private boolean forge;

    @Option(names = "--tamper", description = "Change one byte of the body after signing.")
    private boolean tamper;

    @Option(names = "--malformed", description = "Sign a body that cannot be parsed.")
    private boolean malformed;

    Fault fault() {
        if (forge) {
            return Fault.FORGED;
        }
        return tamper ? Fault.TAMPERED : malformed ? Fault.MALFORMED : Fault.NONE;
    }
}
