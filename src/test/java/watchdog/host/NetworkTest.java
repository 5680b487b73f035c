package watchdog.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as Linux 6.1 shows them, of a service with systemd's PrivateNetwork and of one without. */
class NetworkTest {

    private static final String HEADING =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";
    private static final String ROUTE = "eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0";
    private static final String LOOPBACK = "00000000000000000000000000000001 01 80 10 80       lo";
    private static final String GLOBAL = "20010db8000000000000000000000001 02 40 00 80     eth0";

    @TempDir
    private Path folder;

    private boolean isThere(List<String> route, List<String> addresses) throws IOException {
        Files.write(folder.resolve("route"), route);
        Files.write(folder.resolve("if_inet6"), addresses);
        return new Network(folder).isThere();
    }

    @Test
    void aLoopbackInterfaceAloneIsNone() throws IOException {
        assertThat(isThere(List.of(HEADING), List.of(LOOPBACK))).isFalse();
        assertThat(isThere(List.of(HEADING), List.of())).isFalse();
    }

    @Test
    void aRouteOrAnAddressOfAnotherInterfaceIsOne() throws IOException {
        assertThat(isThere(List.of(HEADING, ROUTE), List.of(LOOPBACK))).isTrue();
        assertThat(isThere(List.of(HEADING), List.of(LOOPBACK, GLOBAL))).isTrue();
    }

    @Test
    void whereItIsNotToldThereMayBeOne() {
        assertThat(new Network(folder).isThere()).isTrue();
    }
}
