package watchdog.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Datagrams as the receiver's end of a real socket has them. */
class UnixDatagramsTest {

    /** Far more than a socket keeps for a reader who does not read. */
    private static final int MANY = 100_000;

    @TempDir
    private Path folder;

    private static String received(AFUNIXDatagramSocket reader) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        reader.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    @Test
    void aTextArrivesAtAPath() throws IOException {
        Path path = folder.resolve("notify");
        try (AFUNIXDatagramSocket reader = AFUNIXDatagramSocket.newInstance()) {
            reader.bind(AFUNIXSocketAddress.of(path));
            UnixDatagrams datagrams = UnixDatagrams.to(path.toString());

            assertThat(datagrams.send("STATUS=größer")).isTrue();

            assertThat(received(reader)).isEqualTo("STATUS=größer");
        }
    }

    @Test
    void aTextArrivesAtAnAbstractName() throws IOException {
        String name = "watchdog-test-" + ProcessHandle.current().pid();
        try (AFUNIXDatagramSocket reader = AFUNIXDatagramSocket.newInstance()) {
            reader.bind(AFUNIXSocketAddress.inAbstractNamespace(name));

            assertThat(UnixDatagrams.to("@" + name).send("READY=1")).isTrue();

            assertThat(received(reader)).isEqualTo("READY=1");
        }
    }

    @Test
    void nobodyIsWaitedForWhoDoesNotRead() throws IOException {
        Path path = folder.resolve("notify");
        try (AFUNIXDatagramSocket reader = AFUNIXDatagramSocket.newInstance()) {
            reader.bind(AFUNIXSocketAddress.of(path));
            UnixDatagrams datagrams = UnixDatagrams.to(path.toString());

            int sent = 0;
            while (sent < MANY && datagrams.send("WATCHDOG=1")) {
                sent++;
            }

            assertThat(sent).isBetween(1, MANY - 1);
            assertThat(received(reader)).isEqualTo("WATCHDOG=1");
            assertThat(datagrams.send("WATCHDOG=1")).isTrue();
        }
    }

    @Test
    void aReaderWhoComesLaterIsFound() throws IOException {
        Path path = folder.resolve("notify");
        UnixDatagrams datagrams = UnixDatagrams.to(path.toString());
        assertThatIOException().isThrownBy(() -> datagrams.send("READY=1"));
        try (AFUNIXDatagramSocket reader = AFUNIXDatagramSocket.newInstance()) {
            reader.bind(AFUNIXSocketAddress.of(path));

            assertThat(datagrams.send("READY=1")).isTrue();
        }
    }
}
