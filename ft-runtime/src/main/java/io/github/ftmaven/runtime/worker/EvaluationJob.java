package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.io.IOException;

/** What a process needs to know for answering questions of an evaluation that another one leads. */
@JsonTypeName("evaluation")
record EvaluationJob(ClusterBase base) implements ClusterJob {
    @Override
    public EvaluationJob onGpu(String number) {
        return new EvaluationJob(base.onGpu(number));
    }

    @Override
    public EvaluationServer open() throws IOException {
        return EvaluationServer.open(base);
    }
}
