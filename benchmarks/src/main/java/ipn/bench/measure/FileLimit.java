package ipn.bench.measure;

import java.io.IOException;

/** How large the files of another process may become: as on a full disk, it cannot write beyond that. */
public enum FileLimit {
    /** Less than a table of RocksDB, and than its options. */
    FULL("1024"),
    NONE("unlimited");

    private final String bytes;

    FileLimit(String bytes) {
        this.bytes = bytes;
    }

    /** Sets it. False: the process has ended. */
    public boolean set(long pid) throws IOException, InterruptedException {
        // the soft limit alone, so that it can be raised again
        return new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=%s:".formatted(bytes))
                        .start()
                        .waitFor()
                == 0;
    }
}
