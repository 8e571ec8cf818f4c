package io.github.ftmaven.runtime.dataset;

/** Receives how far a dataset is; often, and from one thread at a time. */
public interface DatasetProgress {
    /** For whom it does not matter. */
    DatasetProgress NONE = new DatasetProgress() {
        @Override
        public void read(long bytes, long of) {}

        @Override
        public void encoded(long examples, long of, long tokens) {}
    };

    /** Bytes of the data files, as they are on disk. */
    void read(long bytes, long of);

    /** Examples of all splits, and the tokens in them. */
    void encoded(long examples, long of, long tokens);
}
