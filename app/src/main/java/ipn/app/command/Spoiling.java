package ipn.app.command;

import ipn.simulator.Fault;
import picocli.CommandLine.Option;

/** What is to be wrong with what is sent: at most one thing. */
final class Spoiling {
    @Option(names = "--forge", description = "Sign it with a secret nobody configured.")
    private boolean forge;

    @Option(names = "--tamper", description = "Sign it well, and change a byte of it afterwards.")
    private boolean tamper;

    @Option(names = "--malformed", description = "Sign it well, and garble its body before.")
    private boolean malformed;

    Fault fault() {
        if (forge) {
            return Fault.FORGED;
        }
        return tamper ? Fault.TAMPERED : malformed ? Fault.MALFORMED : Fault.NONE;
    }
}
