package ipn.bench.measure;

import java.io.IOException;

/** Signals that hold a process up and let it go on. */
public enum Signal {
    STOP,
    CONT;

    /** @throws IOException if there is no such process */
    public void send(long pid) throws IOException, InterruptedException {
        var exit = new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(
                    "kill -%s %d: exit code %d (expected: a process that runs)".formatted(name(), pid, exit));
        }
    }
}
