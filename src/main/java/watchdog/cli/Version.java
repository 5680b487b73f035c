package watchdog.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version from the jar's manifest, and the Java it runs on. */
public final class Version implements IVersionProvider {

    /** Name and version, as {@code watchdog 1.0.0}. */
    public static String ofJar() {
        return "watchdog " + number();
    }

    /** The version alone. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not from a jar)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            ofJar() + ", on Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
