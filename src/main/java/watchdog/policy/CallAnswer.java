package watchdog.policy;

/** What an engine answered when it was asked to start or to restart a container. */
public sealed interface CallAnswer {

    /** Takes it in, as the answer to what is being done. */
    void takeIn(Course course, Operation at);

    /** Whether the engine has done what it was asked for, or may have begun to. */
    boolean begun();

    /** It has done so; the process may be dead a moment later. */
    record Accepted() implements CallAnswer {
        @Override
        public void takeIn(Course course, Operation at) {
            course.accepted(at, this);
        }

        @Override
        public boolean begun() {
            return true;
        }
    }

    /** It runs already, the engine says. */
    record Unchanged() implements CallAnswer {
        @Override
        public void takeIn(Course course, Operation at) {
            course.verifyNow(at, this);
        }

        @Override
        public boolean begun() {
            return false;
        }
    }

    /** The engine was not asked: a start without an inspection would have come too late. */
    record TooLate() implements CallAnswer {
        @Override
        public void takeIn(Course course, Operation at) {
            course.checkNow(at);
        }

        @Override
        public boolean begun() {
            return false;
        }
    }

    /**
     * It has refused.
     *
     * @param begun whether it may have begun to, and a restart have sent its signals
     */
    record Refused(String problem, boolean begun) implements CallAnswer {
        @Override
        public void takeIn(Course course, Operation at) {
            course.refused(at, this);
        }
    }

    /**
     * There was no answer.
     *
     * @param begun whether the request may have reached the engine
     */
    record Unanswered(String problem, boolean begun) implements CallAnswer {
        @Override
        public void takeIn(Course course, Operation at) {
            course.unanswered(at, this);
        }
    }
}
