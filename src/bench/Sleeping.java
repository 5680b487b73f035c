/** A JVM that only sleeps. */
public final class Sleeping {

    private Sleeping() {}

    public static void main(String[] args) throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
    }
}
