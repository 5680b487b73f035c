package watchdog.host;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import watchdog.http.Leftovers;

/**
 * Diagnostic commands, as jcmd(1) gives them from outside, given by this process to its own Java, by way of the
 * {@code com.sun.management.DiagnosticCommandMBean}. Not every Java has them: what it cannot do is logged for debugging,
 * and skipped. They are what {@link MemoryTrimmer} saves memory by.
 */
final class JavaDiagnostics {

    private static final String BEAN = "com.sun.management:type=DiagnosticCommand";
    private static final String NO_METHOD_BY_C2 = "[{match: \"*.*\", c2: {Exclude: true}}]";

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final Logger log;

    JavaDiagnostics(Logger log) {
        this.log = log;
    }

    /**
     * Has the second compiler (C2) begin with no further method: what is due for it is left to the first one. Nothing is done
     * where there is no first one. It takes a file in the temporary folder, for a moment.
     */
    void leaveOutSecondCompiler() {
        try {
            if (!hasFirstCompiler()) {
                log.debug("memory: the compilers are left as they are");
                return;
            }
            Path directives = Files.createTempFile("watchdog", ".json");
            try {
                Leftovers.clear(directives, "watchdog*.json");
                Files.writeString(directives, NO_METHOD_BY_C2);
                // In quotes, for the bean puts the command together with blanks.
                tell(
                        "compilerDirectivesAdd",
                        new Object[] {new String[] {'"' + directives.toString() + '"'}},
                        new String[] {String[].class.getName()});
            } finally {
                Files.delete(directives);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("memory: cannot leave out the second compiler: {}", e.toString());
        }
    }

    private static boolean hasFirstCompiler() {
        HotSpotDiagnosticMXBean java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return java.getVMOption("TieredCompilation").getValue().equals("true")
                && java.getVMOption("CompilationMode").getValue().equals("default");
    }

    /** Has malloc give back to the system what is free, where this Java and its C library can do that. */
    void trimNativeHeap() {
        tell("systemTrimNativeHeap", new Object[0], new String[0]);
    }

    private void tell(String command, Object[] arguments, String[] types) {
        try {
            Object answer = beans.invoke(new ObjectName(BEAN), command, arguments, types);
            log.debug("memory: {}: {}", command, String.valueOf(answer).strip().replaceAll("\\R+", "; "));
        } catch (JMException | RuntimeException e) {
            log.debug("memory: cannot {}: {}", command, e.toString());
        }
    }
}
