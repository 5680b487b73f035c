import java.io.File;
import java.io.InputStream;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * A JVM that asks for the containers once a second over junixsocket, and forgets the answer: the classes of it are those in
 * watchdog's jar, and used as anybody would.
 */
public final class Asking {

    private Asking() {}

    public static void main(String[] args) throws Exception {
        String socket = "";
        for (String arg : args) {
            if (arg.startsWith("--host=")) {
                socket = arg.substring("--host=".length());
            }
        }
        byte[] request = "GET /containers/json?all=true HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes("US-ASCII");
        byte[] buffer = new byte[8192];
        while (true) {
            try (AFUNIXSocket connection = AFUNIXSocket.newInstance()) {
                connection.connect(AFUNIXSocketAddress.of(new File(socket)));
                connection.getOutputStream().write(request);
                InputStream answer = connection.getInputStream();
                while (answer.read(buffer) >= 0) {
                    continue;
                }
            }
            Thread.sleep(1000);
        }
    }
}
