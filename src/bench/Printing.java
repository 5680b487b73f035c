/** A JVM that prints one line. */
public final class Printing {

    private Printing() {}

    public static void main(String[] args) {
        System.out.println("one line");
    }
}
