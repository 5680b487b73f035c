package watchdog;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;

/**
 * Diagnostic commands of the Java that this runs on, which jcmd(1) gives from outside, given by way of its
 * {@code com.sun.management.DiagnosticCommandMBean}. No Java needs to have them: what one does not know is logged for
 * debugging, and left.
 */
final class JavaDiagnostics {

    private static final String BEAN = "com.sun.management:type=DiagnosticCommand";
    private static final String NO_METHOD_BY_C2 = "[{match: \"*.*\", c2: {Exclude: true}}]";

    private final Logger log;

    JavaDiagnostics(Logger log) {
        this.log = log;
    }

    /**
     * Has the second compiler (C2) compile no further method: what is due for it is left to the first one. Nothing is done
     * where there is no first one.
     */
    void leaveOutSecondCompiler() {
        try {
            if (isTiered()) {
                Path directives = Files.createTempFile("watchdog", ".json");
                try {
                    Files.writeString(directives, NO_METHOD_BY_C2);
                    // In quotes, as the command is put together with blanks.
                    command("compilerDirectivesAdd", '"' + directives.toString() + '"');
                } finally {
                    Files.delete(directives);
                }
            }
        } catch (IOException | LinkageError e) {
            log.debug("memory: cannot leave out the second compiler: {}", e.toString());
        }
    }

    private static boolean isTiered() {
        HotSpotDiagnosticMXBean java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return java != null && java.getVMOption("TieredCompilation").getValue().equals("true");
    }

    /** Has malloc give back to the system what is free. Javas before 17.0.9 and those without glibc do not know that. */
    void trimNativeHeap() {
        command("systemTrimNativeHeap");
    }

    private void command(String name, String... arguments) {
        boolean bare = arguments.length == 0;
        Object[] values = bare ? new Object[0] : new Object[] {arguments};
        String[] types = bare ? new String[0] : new String[] {String[].class.getName()};
        try {
            Object answer =
                    ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(BEAN), name, values, types);
            log.debug("memory: {}: {}", name, String.valueOf(answer).strip());
        } catch (JMException | LinkageError e) {
            log.debug("memory: cannot {}: {}", name, e.toString());
        }
    }
}
