package watchdog.notify;

/** One who is told. */
interface Target {

    /** As it is shown, without secrets: {@code webhook 1 (https://hooks.example)}. */
    String name();

    /** Hands it a message, and waits for what it says, up to a bound. An interrupt ends that, and what was begun for it. */
    Answer deliver(Message message) throws InterruptedException;
}
