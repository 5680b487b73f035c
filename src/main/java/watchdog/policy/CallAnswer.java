package watchdog.policy;

/** What an engine answered when it was asked to start or to restart a container. */
public sealed interface CallAnswer {

    /** Takes it in, as the answer to what is being done. */
    void takeIn(Course course, Operation at);

    /** It has done so; the process may be dead a moment later. */
    record Accepted() implements CallAnswer {
        @Override
        public void takeIn(Course course, Operation at) {
            course.accepted(at, this);
        }
    }

    /** It runs already, the engine says. */
    record Unchanged() implements CallAnswer {
        @Override
        public void takeIn(Course course, Operation at) {
            course.verifyNow(at, this);
        }
    }

    /** The engine was not asked: a start without an inspection would have come too late. */
    record TooLate() implements CallAnswer {
        @Override
        public void takeIn(Course course, Operation at) {
            course.checkNow(at);
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
