package io.github.ftmaven.runtime.monitor;

import io.github.ftmaven.runtime.drift.Drift;
import io.github.ftmaven.runtime.drift.ExampleDigests;
import io.github.ftmaven.runtime.drift.Fingerprint;
import io.github.ftmaven.runtime.drift.FingerprintBuilder;
import io.github.ftmaven.runtime.drift.LabelShift;
import io.github.ftmaven.runtime.drift.QuestionDigest;
import io.github.ftmaven.runtime.drift.Sketch;
import io.github.ftmaven.runtime.drift.Words;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.spec.Sameness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the requests in logs with a training set. */
public final class Monitoring {
    private final Reference reference;
    private final FingerprintBuilder requests;
    private final Novelty novelty;
    private final QuestionDigest digest;
    private final Set<Long> learnt = new HashSet<>();
    private final Candidates candidates = new Candidates();
    private final RequestLog log = new RequestLog(this::accept);
    private int count;
    private int known;
    private double surprise;

    /**
     * The training set that requests are compared with.
     *
     * @param name the release, or another name for messages
     * @param examples the digests of its rows; null if they are not known
     */
    public record Reference(
            String name, Fingerprint fingerprint, @Nullable ExampleDigests examples) {}

    /**
     * Values from which a drift is worth a look, and from which a model should be trained again.
     *
     * @param watch the smaller one
     */
    public record Thresholds(double watch, double retrain) {}

    /** Prepares a comparison. */
    public Monitoring(Reference reference, Sameness sameness) {
        this.reference = reference;
        this.requests = new FingerprintBuilder(reference.fingerprint().labels().keySet());
        this.novelty = new Novelty(reference.fingerprint());
        this.digest = new QuestionDigest(sameness);
        ExampleDigests examples = reference.examples();
        if (examples != null) {
            examples.learnt().forEach(each -> learnt.add(each.question()));
        }
    }

    /**
     * Reads a log.
     *
     * @param shown its name, for messages
     */
    public void read(Path file, String shown) {
        log.read(file, shown);
    }

    private void accept(Request request) {
        List<String> texts = request.texts();
        requests.add(texts, request.answer());
        List<String> words = new ArrayList<>();
        texts.forEach(text -> words.addAll(Words.of(text)));
        BitSet buckets = Sketch.buckets(words);
        double unlike = novelty.of(buckets);
        count++;
        surprise += unlike;
        if (learnt.contains(digest.of(request.messages(), null))) {
            known++;
        } else {
            candidates.offer(request, unlike, words);
        }
    }

    /**
     * The result of all logs that were read.
     *
     * @throws InvalidInputException if no line of them is a request
     */
    public MonitorResult result(Thresholds thresholds) {
        if (count == 0) {
            throw new InvalidInputException("The logs hold no request that can be read."
                    + (log.unread() == 0 ? "" : " The first lines:\n" + String.join("\n", log.firstUnread())));
        }
        Fingerprint asked = requests.build(List.of());
        return new MonitorResult(
                reference.name(),
                reference.fingerprint().rows(),
                new MonitorResult.Lines(count, known, log.unread(), log.firstUnread()),
                surprise / count,
                Drift.of(reference.fingerprint(), asked),
                LabelShift.of(reference.fingerprint(), asked),
                thresholds);
    }

    /**
     * Writes the requests that are most unlike the training set, as rows without answers.
     *
     * @return how many there are
     */
    public int writeCandidates(Path file, int most) throws IOException {
        List<Candidates.Candidate> chosen = candidates.choose(most);
        AtomicFile.write(file, CandidateRows.bytes(chosen));
        return chosen.size();
    }
}
