import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a sentence may say: the ways to say it, and questions about it. */
record Meaning(List<String> ways, List<Question> questions) {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    record Question(String question, String answer) {}

    /** One of these a paragraph. A line with a question mark in front is a question and its answer. */
    static final List<Meaning> MEANINGS = meanings(
            """
            {I} will pay for {loss}
            {I} must [reimburse|compensate] {Y} for {loss}
            {loss} is [insured|covered] [under|by] {P}
            {P} [extends|also extends|applies] to {loss}
            {P} responds to {loss}
            {P} pays [for|towards] {loss}
            {loss} is [met|borne] by {Io} from the first day of {P}
            {loss} [falls|lies|comes] within {P}
            the benefits of {P} include {loss}
            {I} will [bear|carry] {loss} in full
            {I} {is1} there to make good {loss}
            {P} gives protection against {loss}
            {P} is meant for {loss}
            {loss} is part of what {P} promises
            {loss} has the full benefit of {P}
            {Y} {is} protected against {loss}
            {Y} may [claim|recover] {loss} from {Io}
            {loss} is a matter for {Io} and not for {Y}
            {loss} is not [left out of|excepted from|outside] {P}
            the bill for {loss} goes to {Io} and not to {Y}
            {loss} is at the expense of {Io}
            {loss} is not at the expense of {Y}
            {I} will pay for {loss}, and for no less than the whole of it
            {I} will take over {loss}
            {loss} [is|falls|belongs] inside {P}
            {I} must bear the whole of {loss}
            {I} will meet {loss} in full
            {loss} is the concern of {Io} and not of {Y}
            it is {I} and not {Y} who must pay for {loss}
            not {Y} but {I} must [bear|carry] {loss}
            {I} will [bear|meet] {loss} instead of {Y}
            {loss} is charged to {Io} and not to {Y}
            {Y} can pass {loss} on to {Io}
            {I} {is1} bound to make good {loss}
            {loss} has not been kept out of {P}
            {Y} can count on {P} for {loss}
            ? Who pays? // the insurer
            ? Is it insured? // yes
            ? What is it about? // {loss}

            the bill for {service} goes to {Io} and not to {Y}
            {I} will [settle|meet|pay] the bill for {service}
            {Y} may [claim|recover] the cost of {service}
            {I} will make good the cost of {service}
            the cost of {service} is carried by {Io}
            the bill for {service} is one that {I} will pay
            {Y} will get back the cost of {service}
            the invoice for {service} is sent to {Io} and not to {Y}
            {service} is paid for by {Io}
            ? Who pays? // the insurer
            ? What is it about? // {service}

            {loss} [remains|stays] insured [while|although|even if] {fact}
            {loss} is paid for [even if|even when|whether or not] {fact}
            {loss} comes within {P}, and it does not matter whether {fact}
            {I} will not [refuse|reject] a claim for {loss} [merely|only] because {fact}
            {P} also pays [for|towards] {loss}, and not only [when|if] {fact}
            {Y} {is} protected against {loss}, [even|also] while {fact}
            {P} gives protection against {loss}, although {fact}
            payment is due for {loss} even where {fact}
            {I} will pay for {loss}, no matter whether {fact}
            {loss} belongs to the cover, whether or not {fact}
            {loss} is within {P}, whether or not {fact}
            {P} gives cover for {loss} although {fact}
            payment for {loss} is due whether or not {fact}
            a claim for {loss} is payable even where {fact}
            {I} will pay everything for {loss}, even if {fact}
            ? Who pays? // the insurer
            ? Does it matter whether {fact}? // no
            ? Is it insured? // yes

            {I} will not pay for {loss}
            {I} will pay nothing for {loss}
            {loss} is not [insured|covered] [under|by] {P}
            {P} does not [extend|apply] to {loss}
            nothing in {P} responds to {loss}
            {P} pays nothing [for|towards] {loss}
            there is no [cover|protection] for {loss}
            {loss} [falls|lies] outside {P}
            {loss} does not come within {P}
            {loss} is [left out of|excepted from] {P}
            {Y} must bear {loss} in full
            no claim for {loss} can be [made|met]
            {loss} is a matter for {Y} and not for {Io}
            whatever {P} promises, {loss} is not part of it
            {P} is not meant for {loss}
            {P} stops short of {loss}
            {P} gives no protection against {loss}
            the benefits of {P} do not include {loss}
            the bill for {loss} goes to {Y} and not to {Io}
            {I} {isnt} there to make good {loss}
            {loss} is at the expense of {Y}
            {loss} is not at the expense of {Io}
            {Y} cannot count on {P} for {loss}
            {loss} [is|falls|belongs] outside {P}
            {Y} must bear the whole of {loss}
            {Y} will meet {loss} in full
            {loss} is the concern of {Y} and not of {Io}
            it is {Y} and not {I} who must pay for {loss}
            not {I} but {Y} must [bear|carry] {loss}
            {Y} will [bear|meet] {loss} instead of {Io}
            {loss} is charged to {Y} and not to {Io}
            {I} can pass {loss} on to {Y}
            {I} {isnt} bound to make good {loss}
            {loss} has been kept out of {P}
            ? Who pays? // the insured
            ? Is it insured? // no
            ? What is it about? // {loss}

            the bill for {service} goes to {Y} and not to {Io}
            {Y} cannot [claim|recover] the cost of {service}, not even after {peril}
            {I} will not [settle|meet|pay] the bill for {service}
            {I} {isnt} there to make good the cost of {service}
            the cost of {service} is carried by {Y}
            the bill for {service} is one that {Y} must pay
            {Y} will never get back the cost of {service}
            the invoice for {service} is sent to {Y} and not to {Io}
            {service} is not paid for by {Io}
            ? Who pays? // the insured
            ? What is it about? // {service}

            {loss} [remains|stays] uninsured [while|although|even if] {fact}
            {P} pays nothing [for|towards] {loss}, not even when {fact}
            there is no [cover|protection] for {loss} [while|when|if] {fact}
            {Y} must bear {loss} in full [when|if] {fact}
            no claim for {loss} can be [made|met] while {fact}
            {I} will [refuse|reject] a claim for {loss} even if {fact}
            {I} will pay nothing for {loss} if {fact}
            {loss} does not come within {P}, even when {fact}
            {loss} is never insured while {fact}
            {loss} does not belong to the cover while {fact}
            {loss} is not within {P}, whether or not {fact}
            {P} gives no cover for {loss} although {fact}
            payment for {loss} is never due, whether or not {fact}
            a claim for {loss} is not payable where {fact}
            {I} will give nothing for {loss} while {fact}
            ? Who pays? // the insured
            ? Is it insured while {fact}? // no

            although {P} covers {thing}, it never responds to {peril}
            {P} pays for damage to {thing}, but never when it is due to {peril}
            {P} covers {thing}, but not against {peril}
            {peril} is the one thing against which {P} does not protect {thing}
            ? Who pays after {peril}? // the insured
            ? What is it about? // {thing}

            {loss} is [insured|covered] only [if|while|as long as] {fact}
            {P} does not [respond|extend|apply] to {loss} unless {fact}
            for {P} to [respond|apply] to {loss}, it must be shown that {fact}
            before any claim for {loss} is met, it must be shown that {fact}
            provided that {fact}, {loss} is [insured|covered]
            {P} extends to {loss} provided that {fact}
            {I} will pay for {loss} as long as {fact}, and not otherwise
            the right to be paid for {loss} arises on proof that {fact}
            whether {I} will pay for {loss} turns on whether {fact}
            only where {fact} does {P} extend to {loss}
            the promise to pay for {loss} supposes that {fact}
            {loss} is excepted from {P} unless {fact}
            unless {fact}, there is no cover for {loss}
            {Y} may claim for {loss} if, and only if, {fact}
            {Y} can recover {loss} only where {fact}
            {I} must pay for {loss} where {fact}, but not in any other case
            {P} helps with {loss} so long as {fact}
            payment for {loss} is due if {fact}, but not otherwise
            {I} {is1} bound to make good {loss} only [while|where] {fact}
            {loss} is within {P} for as long as {fact}, and no longer
            {loss} is a matter for {Io} if {fact}, and otherwise for {Y}
            ? Who pays? // the insurer, if {fact}
            ? Does it matter whether {fact}? // yes
            ? When is it insured? // when {fact}

            {Y} can recover the cost of {service} only where {fact}
            {Y} may [claim|recover] the cost of {service} if, and only if, {fact}
            unless {fact}, {I} will not pay the bill for {service}
            the bill for {service} goes to {Io} as long as {fact}, and not otherwise
            ? Who pays? // the insurer, if {fact}
            ? Does it matter whether {fact}? // yes

            {I} will pay for {loss} only [if|when|after] {Y} {has} {actPp}
            cover for {loss} depends on {Y} having {actPp}
            no payment for {loss} is due [until|before] {Y} {has} {actPp}
            {I} will not pay for {loss} until {Y} {has} {actPp}
            unless {Y} {has} {actPp}, {I} will not pay for {loss}
            {P} applies to {loss} only when {Y} {has} {actPp}
            there is no money for {loss} as long as {Y} {has} not {actPp}
            {I} will meet {loss}, but first {Y} must have {actPp}
            a claim for {loss} is payable once {Y} {has} {actPp}
            {Y} can recover {loss} only where {Y} {has} {actPp}
            ? What does payment wait for? // that {Y} {has} {actPp}
            ? Who pays? // the insurer, but not before {Y} {has} {actPp}

            without {proof}, {I} will not [consider|settle] a claim for {loss}
            {loss} is met only against {proof}
            a claim for {loss} is paid only after an expert has [seen|valued] {proof}
            there is money for {loss} only against {proof}
            {I} must see {proof} before {loss} is paid for
            ? What does payment wait for? // {proof}
            ? Who pays? // the insurer, but not without {proof}

            {I} will pay [no more than|at most|not more than] {amt} for {loss}
            {I} will not pay more than {amt} for {loss}
            the most {I} will pay for {loss} is {amt}
            payment for {loss} [ends|stops] at {amt}
            {loss} is [insured|covered] up to {amt} [a year|for each claim|in all]
            {P} pays for {loss} up to a maximum of {amt}
            {amt} is the highest sum payable for {loss}
            what {I} must pay for {loss} does not exceed {amt}
            any part of {loss} above {amt} is not paid
            however great the damage, {I} will not pay beyond {amt} for {loss}
            {Y} can recover {amt} and no more for {loss}
            {amt} is the most that {Y} can recover for {loss}
            {I} must pay for {loss}, but only until {amt} has been reached
            once {amt} has been paid for {loss}, nothing further is due
            if {loss} comes to more than {amt}, {Y} must bear whatever is above it
            {amt} is the ceiling for {loss}
            up to {amt}, {loss} is [met|borne] by {Io}
            beyond {amt}, {loss} is borne by {Y}
            the first {amt} of {loss} is paid, and nothing after that
            {loss} is carried by {Y} as soon as it passes {amt}
            {I} will pay for {loss} until {amt} is used up
            for {loss}, {I} will stop at {amt}
            {amt} is all that {P} pays [for|towards] {loss}
            {loss} is insured only to the extent that it is less than {amt}
            {I} will go as far as {amt} for {loss}, and no further
            above {amt}, {loss} is left to {Y}
            under {amt}, {loss} is left to {Io}
            what goes beyond {amt} of {loss} is met by {Y}
            {I} must pay {amt} of {loss}, and {Y} all the rest
            {amt} of {loss} at most is a matter for {Io}
            {loss} passes from {Io} to {Y} at {amt}
            {I} will pay first, and {Y} from {amt} of {loss} on
            ? Who pays? // the insurer, as far as {amt}
            ? Where does payment stop? // at {amt}
            ? Who pays what is above {amt}? // the insured

            the cost of {service} is met within a maximum of {amt}
            for {service}, {I} will stop at {amt}
            {amt} is the most that {Y} can recover for {service}
            {I} will not pay more than {amt} for {service}
            beyond {amt}, the bill for {service} is for {Y} to pay
            ? Who pays? // the insurer, as far as {amt}
            ? Where does payment stop? // at {amt}

            {Y} must [bear|carry] the first {amt} of {loss}
            {I} will not pay the first {amt} of {loss}
            {I} will pay only the part of {loss} above {amt}
            {amt} of [every|each] claim for {loss} stays with {Y}
            {Y} must carry {amt} of [every|each] claim for {loss}
            the first {amt} of [any|every] claim for {loss} is not paid
            up to {amt}, {loss} is [carried|borne] by {Y}
            below {amt}, {loss} is carried by {Y}
            a claim for {loss} counts only to the extent that it is more than {amt}
            {loss} must pass {amt} before {I} will begin to pay
            not the whole of {loss} is paid, for {amt} remains with {Y}
            if {loss} comes to more than {amt}, {I} will pay whatever is above it
            any part of {loss} below {amt} is not paid
            {loss} is [met|borne] by {Io} as soon as it passes {amt}
            {Y} and {I} share {loss}, {Y} with the lowest {amt} of it
            nothing is due for {loss} until {amt} has been borne by {Y}
            {loss} is insured only to the extent that it is over {amt}
            {amt} of {loss} is for {Ypos} own account
            {I} will leave the first {amt} of {loss} to {Y}
            above {amt}, {loss} is left to {Io}
            under {amt}, {loss} is left to {Y}
            what goes beyond {amt} of {loss} is met by {Io}
            {Y} must pay {amt} of {loss}, and {I} all the rest
            {amt} of {loss} at [least|first] is a matter for {Y}
            payment for {loss} [begins|starts] at {amt}
            {loss} passes from {Y} to {Io} at {amt}
            {Y} will pay first, and {I} from {amt} of {loss} on
            ? Who pays? // the insurer, what is above {amt}
            ? Where does payment begin? // at {amt}
            ? Who pays the first {amt}? // the insured

            a claim for {loss} is reduced by {amt} before it is paid
            from [each|every] payment for {loss} {I} will [subtract|keep back|take off] {amt}
            {amt} is taken off every payment for {loss}
            {I} will pay for {loss} after {amt} has been taken off
            {I} will pay for {loss}, less {amt}
            {loss} is paid in full except for {amt}
            {amt} is kept back from [each|every] payment for {loss}
            every payment for {loss} is {amt} short of the whole
            ? Who pays? // the insurer, all but {amt}
            ? How much does the insured pay? // {amt}

            {Y} must add {amt} of {Ypos} own to the cost of {service}
            the settlement is {amt} less than the cost of {service}
            {I} will pay the cost of {service} minus {amt}
            {I} will subtract {amt} from the cost of {service}
            a bill for {service} is cut by {amt}
            ? Who pays? // the insurer, all but {amt}
            ? How much does the insured pay? // {amt}

            {Y} must {act} [within|no later than] {per} after the loss
            {Y} [shall|will] {act} [at once|without delay|free of charge]
            {Y} {has} to {act} [within {per}|without delay]
            it is for {Y} to {act}
            {I} may require {Y} to {act} within {per}
            {Y} {is} [obliged|bound] to {act} before the end of each year
            {actGer} is {Ypos} responsibility and not a matter for {Io}
            the [task|burden] of {actGer} falls on {Y}
            {Y} cannot leave it to {Io} to {act}
            {I} may leave it to {Y} to {act}
            whenever {I} ask{Is} for it, {Y} shall {act}
            even if no claim is payable, {Y} must {act}
            {I} will ask {Y} to {act}
            it is {Y} and not {I} who must {act}
            {I} can expect {Y} to {act}
            {Y} {is} to {act} and not to wait for {Io}
            it is left to {Y} to {act}
            ? Who has to act? // the insured
            ? What has to be done? // {act}
            ? Who pays? // it does not say

            as soon as {loss} is discovered, {Y} must {act}
            when {loss} is discovered, it is for {Y} to {act}
            even where {I} will pay for {loss}, {Y} must {act}
            {loss} is a reason for {Y} to {act}
            {Y} {is} under a duty to {act} when {loss} is discovered
            when {fact}, {Y} {is} to {act}
            ? Who has to act? // the insured
            ? What has to be done? // {act}

            after {peril}, {Y} should first {act}
            the first thing {Y} must do after {peril} is to {act}
            when there is {peril}, {Y} {has} to {act}
            ? Who has to act? // the insured
            ? What has to be done after {peril}? // {act}

            {Y} [must|may|shall] not {avoid}
            {Y} may never {avoid}, not even if {fact}
            {I} {count} on {Y} not to {avoid}
            {Y} {is} bound not to {avoid}
            nobody may {avoid}
            {Y} shall take care not to {avoid}
            {Y} must take care not to {avoid}
            ? What must not be done? // {avoid}
            ? Who pays? // it does not say

            {Y} must see to it that {fact}
            {Y} shall see to it that {fact}
            it is up to {Y} that {fact}
            {Y} must take care that {fact}
            ? Who has to act? // the insured
            ? Who pays? // it does not say

            {word} means {gloss}
            the expression {word} means {gloss}
            the word {word} is used here for {gloss}
            {term} is {gloss}, not {non}
            {gloss} [counts as|is treated as|ranks as] {term}
            {gloss} is what {P} calls {term}
            the word {word} [extends to|covers|includes] {gloss}
            where {P} speaks of {term}, it has in mind {gloss}
            {term} is not {non}, but {gloss}
            {term} covers {gloss}, but not {non}
            by {term}, {P} understands {gloss}
            any reference to {term} must be read as one to {gloss}
            whenever {term} is mentioned in {P}, {gloss} is meant
            only {gloss} is {term} for the purposes of {P}
            for there to be {term}, there must be {gloss}
            {P} calls {gloss} {term}
            {I} understand{Is} by {term} [only|first of all] {gloss}
            no more is meant by {term} than {gloss}
            the term {word} stands for {gloss}
            {gloss}, but not {non}, is {term}
            {gloss} falls within the word {word}
            ? What is {term}? // {gloss}
            ? What is it about? // the word {word}
            ? Who pays? // it does not say

            {non} does not [count as|amount to|rank as] {term}
            {non} is not {term} as understood in {P}
            {non} is not to be treated as {term}
            the expression {word} does not [extend to|include|cover] {non}
            it makes {non} no more {term} that {fact}
            nobody should take {non} for {term}
            {P} does not use the word {word} for {non}
            {non} falls outside the word {word}
            ? What is not {term}? // {non}
            ? What is it about? // the word {word}
            ? Who pays? // it does not say

            {gloss} is {term} even while {fact}
            {term} remains {term} even if {fact}
            {term} is called {term}, whether or not {fact}
            ? What is it about? // the word {word}
            ? Does it matter whether {fact}? // no

            {P} [ends|comes to an end|is over] [when|as soon as|on the day] {ending}
            {P} stops on the day on which {ending}
            {P} expires as soon as {ending}
            no cover is left once {ending}
            if {ending}, {P} is [over|at an end] from that day
            from the day on which {ending}, {P} is at an end
            {P} does not continue beyond the day on which {ending}
            {P} will not be renewed if {ending}
            the last day of {P} is the one on which {ending}
            when {ending}, {Y} {is} released from {P}
            {I} {isnt} bound by {P} any longer if {ending}
            {P} is finished when {ending}
            {P} is no longer in force once {ending}
            the end of {P} comes when {ending}
            {P} will go on until {ending}, but no further
            ? When is it over? // when {ending}
            ? What is it about? // {P}
            ? Who pays? // it does not say

            {I} may [cancel|withdraw from] {P} if {ending}
            {Y} may withdraw from {P} if {ending}
            {Y} can only leave {P} when {ending}
            {I} must let {Y} out of {P} if {ending}
            either party may [end|give up] {P} if {ending}
            {I} can end {P} as soon as {ending}
            {Y} {is} free to leave {P} if {ending}
            ? When can it be ended? // if {ending}
            ? What is it about? // {P}

            either party may [end|give up] {P} by notice of {per}
            {I} can bring {P} to an end by notice of {per}
            {Y} must write to {Io} {per} before in order to be free of {P}
            {Y} may [leave|cancel] {P} at any time by a letter to {Io}, {per} before
            within the first {per}, {Y} may give up {P} without a reason
            {P} runs for {per} and then expires
            a notice of {per} is enough to end {P}
            ? How much time is there? // {per}
            ? What is it about? // {P}

            the [sale|loss|destruction] of {thing} brings {P} to a close
            {P} does not outlive {thing}
            without {thing}, {P} cannot go on
            once {thing} is gone, {P} is over
            ? What is it about? // {P}
            ? When is it over? // when {thing} is gone

            {name} [lost|no longer has] {thing}
            {thing} does not belong to {name} any more
            {name} is looking for {thing} and cannot find it
            somebody has taken {thing} from {name}
            ? Who has lost something? // {name}

            {name} paid {amt} for {thing}
            {thing} cost {name} {amt}
            {name} bought {thing}, and the price was {amt}
            the price of {thing} was {amt}, and {name} paid it
            ? What did it cost? // {amt}

            there was {peril} in {town}
            {town} had {peril} last night
            nobody in {town} will forget {peril}
            {peril} came to {town} in {month}
            ? What happened? // {peril}

            {name} has lived in {town} for {per}
            the house of {name} is in {town}
            {name} comes from {town}
            {town} is where {name} grew up
            ? Who is it about? // {name}

            {name} asked {name2} about {thing}
            {name} wanted to know from {name2} where {thing} was
            {name2} told {name} what had happened to {thing}
            {name} and {name2} talked about {thing}
            ? What did they talk about? // {thing}

            {name} likes {thing}
            {thing} is what {name} loves most
            nothing is dearer to {name} than {thing}
            {name} would never sell {thing}
            ? Who is it about? // {name}

            {name} will come on {weekday}
            on {weekday}, {name} will be here
            {weekday} is the day on which {name} comes
            we expect {name} on {weekday}
            ? Who will come? // {name}

            {fact}, said {name}
            {name} told everybody that {fact}
            {name} believes that {fact}
            it was {name} who noticed that {fact}
            ? Who said so? // {name}

            {thing} is older than {thing2}
            {thing} was there long before {thing2}
            {thing2} is newer than {thing}
            ? What is older? // {thing}
            """);

    /** The meanings of sentences about a contract. */
    static final List<Meaning> CONTRACT = MEANINGS.stream()
            .filter(meaning -> meaning.ways().stream().anyMatch(way -> way.matches(".*\\{[PIY]}.*")))
            .toList();

    boolean isAboutContract() {
        return CONTRACT.stream().anyMatch(meaning -> meaning.questions().equals(questions));
    }

    /** The questions that a way to say it answers: it mentions all that they are about. */
    List<Question> questions(String way) {
        Set<String> said = slots(way);
        return questions.stream()
                .filter(question -> said.containsAll(slots(question.question() + question.answer())))
                .toList();
    }

    /** The other ways to say it that mention nothing else. */
    List<String> otherWays(String way) {
        return ways.stream()
                .filter(other -> !other.equals(way) && slots(way).containsAll(slots(other)))
                .toList();
    }

    /** What a sentence is about: its slots but those that depend on the parties alone. */
    private static Set<String> slots(String frame) {
        Set<String> slots = new TreeSet<>();
        Matcher slot = SLOT.matcher(frame);
        while (slot.find()) {
            String name = slot.group(1);
            switch (name) {
                case "I", "Io", "Is", "is1", "isnt", "count", "Y", "Ypos", "is", "has" -> {}
                case "actPp", "actGer" -> slots.add("act");
                case "word" -> slots.add("term");
                default -> slots.add(name);
            }
        }
        return slots;
    }

    private static List<Meaning> meanings(String text) {
        return Arrays.stream(text.split("\n\n"))
                .map(Words::lines)
                .map(lines -> new Meaning(
                        lines.stream().filter(line -> !line.startsWith("? ")).toList(),
                        lines.stream()
                                .filter(line -> line.startsWith("? "))
                                .map(line -> line.substring(2).split(" // "))
                                .map(parts -> new Question(parts[0], parts[1]))
                                .toList()))
                .toList();
    }
}
