package ipn.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The files of an embedded PostgreSQL.
 *
 * @param folder for the cluster, its password and its log
 */
record PostgresCluster(Path folder) {
    static final String USER = "ipn";
    private static final int PASSWORD_BYTES = 24;
    private static final int TAIL_LINES = 15;

    static PostgresCluster at(Path folder) {
        try {
            return new PostgresCluster(Files.createDirectories(folder).toRealPath());
        } catch (IOException e) {
            throw new EmbeddedException("data: %s (expected: a folder that can be written)".formatted(folder), e);
        }
    }

    Path data() {
        return folder.resolve("cluster");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    /** Random at the first start, then kept; only this user can read it. */
    Path passwordFile() {
        return folder.resolve("password");
    }

    String password() {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates the cluster if there is none. A half-made one of a start that was killed is made again. */
    void create(PostgresBinaries binaries, List<String> asUser) {
        if (Files.exists(folder.resolve("created"))) {
            return;
        }
        try {
            if (Files.exists(data())) {
                PostgresBinaries.delete(data());
            }
            writePassword();
            initialize(binaries, asUser);
            Files.createFile(folder.resolve("created"));
        } catch (IOException e) {
            throw new EmbeddedException("data: %s (expected: a folder that can be written)".formatted(folder), e);
        }
    }

    private void writePassword() throws IOException {
        var random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile(), HexFormat.of().formatHex(random) + "\n");
    }

    private void initialize(PostgresBinaries binaries, List<String> asUser) throws IOException {
        var command = new ArrayList<>(asUser);
        command.addAll(List.of(
                binaries.program("initdb"),
                "--pgdata=" + data(),
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile(),
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log().toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new EmbeddedException(
                        "PostgreSQL: initdb failed; the end of %s:%n  %s".formatted(log(), logTail()));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedException("interrupted while creating the PostgreSQL cluster", e);
        }
    }

    /** The process that serves the cluster; empty if none does. */
    Optional<ProcessHandle> postmaster() {
        try {
            var first = Files.readAllLines(data().resolve("postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(first.strip())).filter(ProcessHandle::isAlive);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The last lines of the log. */
    String logTail() {
        try {
            var lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
            return String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }
}
