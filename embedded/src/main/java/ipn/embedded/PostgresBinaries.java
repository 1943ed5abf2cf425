package ipn.embedded;

import ipn.key.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, from the archive that the class path has for this platform. They are unpacked once for each user, into
 * {@code ~/.cache/ipn}.
 *
 * @param folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {
    private static final int UNPACK_SECONDS_MAX = 60;
    private static final int NAME_DIGITS = 16;

    /** @throws EmbeddedException if the class path has no archive for this platform, or it cannot be unpacked */
    static PostgresBinaries unpacked() {
        var name = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (var resource = PostgresBinaries.class.getResourceAsStream("/" + name)) {
            if (resource == null) {
                throw new EmbeddedException(
                        "PostgreSQL: no %s on the class path (expected: Linux on x86-64 or ARM64)".formatted(name));
            }
            return new PostgresBinaries(unpacked(resource.readAllBytes()));
        } catch (IOException e) {
            throw new EmbeddedException("PostgreSQL: %s cannot be unpacked into ~/.cache/ipn".formatted(name), e);
        }
    }

    static String archive(String system, String processor) {
        var family = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        var arm = processor.equals("aarch64") || processor.equals("arm64");
        return "postgres-%s-%s.txz".formatted(family, arm ? "arm_64" : "x86_64");
    }

    /** The path of a program. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /** The name has the archive's hash, so that another version is unpacked beside it. */
    private static Path unpacked(byte[] archive) throws IOException {
        var cache = Files.createDirectories(Path.of(System.getProperty("user.home"), ".cache", "ipn"));
        var target = cache.resolve("postgres-" + Sha256.hex(archive).substring(0, NAME_DIGITS));
        if (Files.isDirectory(target)) {
            return target;
        }
        var fresh = Files.createTempDirectory(cache, "unpacking");
        untar(new XZInputStream(new ByteArrayInputStream(archive)), fresh);
        try {
            return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            delete(fresh); // another process was faster
            return target;
        }
    }

    private static void untar(InputStream tar, Path folder) throws IOException {
        var process = new ProcessBuilder("tar", "-x", "-C", folder.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try (tar;
                var input = process.getOutputStream()) {
            tar.transferTo(input);
        }
        try {
            if (!process.waitFor(UNPACK_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("tar: failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking", e);
        }
    }

    /** Deletes a folder with all that is in it, as far as possible. */
    static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
