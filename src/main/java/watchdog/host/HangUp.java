package watchdog.host;

import java.lang.reflect.Proxy;

/** SIGHUP, which ends a process where nobody catches it, and by which one that does is asked to read its files again. */
public final class HangUp {

    private HangUp() {}

    /**
     * Catches it from now on: has that done for each, on a thread of its own.
     *
     * @return false if this Java cannot catch signals, or is told not to ({@code -Xrs})
     */
    public static boolean then(Runnable task) {
        // By reflection, for javac warns of sun.misc.Signal in whatever way it is named, and Java has nothing else.
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (self, method, of) -> {
                        task.run();
                        return null;
                    });
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, handling);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
