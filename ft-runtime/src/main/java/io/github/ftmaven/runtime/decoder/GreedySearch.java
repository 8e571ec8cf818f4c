package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Continues prompts greedily, all of them together. */
final class GreedySearch {
    private final Decoder decoder;
    private final int limit;
    private final int stop;

    /** Prepares continuations of at most {@code limit} tokens, which end before the token {@code stop}. */
    GreedySearch(Decoder decoder, int limit, int stop) {
        this.decoder = decoder;
        this.limit = limit;
        this.stop = stop;
    }

    /** The continuations in the order of the prompts. */
    List<int[]> continuations(List<int[]> prompts) {
        int near = decoder.near();
        int[][] answers = new int[prompts.size()][];
        List<Integer> whole = new ArrayList<>();
        for (int d = 0; d < answers.length; d++) {
            int length = prompts.get(d).length;
            if (length <= near && length + limit - 1L > near) {
                answers[d] = acrossTheBorder(prompts.get(d));
            } else {
                whole.add(d);
            }
        }
        for (boolean far : new boolean[] {false, true}) {
            List<Integer> own = whole.stream()
                    .filter(d -> prompts.get(d).length > near == far)
                    .toList();
            if (!own.isEmpty()) {
                List<int[]> found = continued(own.stream().map(prompts::get).toList(), limit);
                for (int i = 0; i < found.size(); i++) {
                    answers[own.get(i)] = found.get(i);
                }
            }
        }
        return List.of(answers);
    }

    /** Positions beyond {@link Decoder#near()} rotate differently, so cached keys do not fit any more. */
    private int[] acrossTheBorder(int[] prompt) {
        int first = decoder.near() - prompt.length + 1;
        int[] begun = continued(List.of(prompt), first).get(0);
        if (begun.length < first) {
            return begun;
        }
        int[] longer = Arrays.copyOf(prompt, prompt.length + first);
        System.arraycopy(begun, 0, longer, prompt.length, first);
        int[] rest = continued(List.of(longer), limit - first).get(0);
        int[] answer = Arrays.copyOf(begun, first + rest.length);
        System.arraycopy(rest, 0, answer, first, rest.length);
        return answer;
    }

    private List<int[]> continued(List<int[]> prompts, int most) {
        int shared = CommonPrefix.length(prompts);
        // All are within near tokens, or all beyond: their common prefix rotates in the same way.
        int border = prompts.get(0).length > decoder.near() ? 0 : Integer.MAX_VALUE;
        List<int[]> rests = prompts.stream()
                .map(prompt -> Arrays.copyOfRange(prompt, shared, prompt.length))
                .toList();
        Documents layout = Documents.together(rests, shared, border);
        List<int[]> answers = new ArrayList<>();
        try (Arena step = decoder.arena()) {
            List<Tensor> past = decoder.begin(step, Arrays.copyOf(prompts.get(0), shared), border);
            long[] last = new long[prompts.size()];
            long[] lengths = new long[prompts.size()];
            for (int d = 0; d < last.length; d++) {
                lengths[d] = prompts.get(d).length;
                last[d] = layout.row(d, rests.get(d).length - 1);
            }
            List<Object> arguments = Decoder.place(step, layout);
            arguments.addAll(
                    List.of(step.longs(last, last.length), step.longs(lengths, lengths.length), most, stop, past));
            Tensor tokens = decoder.call(step, "generate", arguments).get(0);
            long[] all = tokens.toLongs();
            int width = (int) tokens.shape()[1];
            for (int d = 0; d < last.length; d++) {
                answers.add(Arrays.stream(all, d * width, (d + 1) * width)
                        .mapToInt(Math::toIntExact)
                        .takeWhile(token -> token != stop)
                        .toArray());
            }
        }
        return answers;
    }
}
