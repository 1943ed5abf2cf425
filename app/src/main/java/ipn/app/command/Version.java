package ipn.app.command;

import picocli.CommandLine.IVersionProvider;

/** The version of the build, and of the Java it runs on. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"ipn " + number(), "Java " + Runtime.version()};
    }

    /** As the build wrote it; {@code dev} outside of a jar. */
    public static String number() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
