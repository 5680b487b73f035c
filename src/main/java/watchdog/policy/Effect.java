package watchdog.policy;

import java.time.Duration;

/** What is to be done outside. */
public sealed interface Effect {

    /** Has it done by somebody. */
    void carryOut(Interpreter interpreter);

    /** Who does what is to be done outside. */
    interface Interpreter {
        /** Inspects the container. */
        void inspect();

        /** Inspects those whose namespaces it joins. */
        void inspectProviders();

        void start(boolean unchecked);

        void restart(Duration stopTimeout);

        void tell(Fact fact);
    }

    /** To inspect the container; the answer is {@link Input.Inspected} or one of its failures. */
    record Inspect() implements Effect {
        @Override
        public void carryOut(Interpreter interpreter) {
            interpreter.inspect();
        }
    }

    /** To inspect those whose namespaces it joins; the answer is {@link Input.ProvidersInspected}. */
    record InspectProviders() implements Effect {
        @Override
        public void carryOut(Interpreter interpreter) {
            interpreter.inspectProviders();
        }
    }

    /**
     * To start it; the answer is {@link Input.Answered}.
     *
     * @param unchecked whether it was not inspected before, so that this is to be done at once or not at all
     */
    record Start(boolean unchecked) implements Effect {
        @Override
        public void carryOut(Interpreter interpreter) {
            interpreter.start(unchecked);
        }
    }

    /** To restart it; the answer is {@link Input.Answered}. */
    record Restart(Duration stopTimeout) implements Effect {
        @Override
        public void carryOut(Interpreter interpreter) {
            interpreter.restart(stopTimeout);
        }
    }

    /** To tell a fact. */
    record Tell(Fact fact) implements Effect {
        @Override
        public void carryOut(Interpreter interpreter) {
            interpreter.tell(fact);
        }
    }
}
