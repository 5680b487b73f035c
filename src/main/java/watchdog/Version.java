package watchdog;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version from the jar's manifest, and the Java it runs on. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "watchdog " + (version == null ? "(not from a jar)" : version) + ", on Java "
                    + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
