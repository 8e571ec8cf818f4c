import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clauses say, by kind, and what may stand around it. <code>{name}</code> is a slot, <code>[a|b]</code> a choice, and a
 * line that starts with {@code *} is held out.
 */
final class Frames {
    private Frames() {}

    static final Map<String, String> FRAMES = new TreeMap<>(Map.of(
            "coverage",
            """
            {I} will pay for {loss}
            {loss} is [insured|covered] [under|by] {P}
            {P} [extends|also extends|applies] to {loss}
            {P} responds to {loss}
            {P} also pays [for|towards] {loss}, and not only [when|if] {state}
            {I} must [reimburse|compensate] {Y} for {loss}
            {loss} [remains|stays] insured [while|although|even if] {state}
            {loss} is paid for [even if|even when|whether or not] {state}
            {loss} is not [left out of|excepted from|outside] {P}
            {loss} comes within {P}, and it does not matter whether {state}
            {loss} is [met|borne] by {Io} from the first day of {P}
            {I} will [repair or replace|make good|restore] {thing} [damaged|destroyed] by {peril}
            the benefits of {P} include {loss}
            {Y} {is} protected against {loss}, [even|also] while {state}
            after {peril}, {person} may be treated at the expense of {Io}
            {I} will not [refuse|reject] a claim for {loss} [merely|only] because {state}
            the bill for {service} goes to {Io} and not to {Y}
            {Y} may [claim|recover] the cost of {service}, no matter when {state}
            where {peril} strikes {thing}, {I} will [settle|meet] the bill
            {loss} has the full benefit of {P}
            {I} will pay for {loss}, and for no less than the whole of it
            {loss} [is|falls|belongs] inside {P}
            {loss} is within {P}, whether or not {state}
            {I} must bear the whole of {loss}
            {I} will meet {loss} in full
            {P} gives cover for {loss} although {state}
            {loss} concerns {Io} and not {Y}
            it is {I} and not {Y} who must pay for {loss}
            not {Y} but {I} must [bear|carry] {loss}
            {I} will [bear|meet] {loss} instead of {Y}
            {loss} is charged to {Io} and not to {Y}
            the invoice for {service} is sent to {Io} and not to {Y}
            {Y} can pass {loss} on to {Io}
            payment for {loss} is due whether or not {state}
            a claim for {loss} is payable even where {state}
            {I} {is1} bound to make good {loss}
            {I} will pay everything for {loss}, even if {state}
            {loss} has not been kept out of {P}
            * {loss} [falls|lies] within {P}
            * {I} will [bear|carry] {loss} in full
            * {P} gives protection against {loss}, although {state}
            * {loss} is a matter for {Io} and not for {Y}
            * payment is due for {loss} even where {state}
            """,
            "exclusion",
            """
            {I} will not pay for {loss}
            {loss} is not [insured|covered] [under|by] {P}
            {P} does not [extend|apply] to {loss}
            nothing in {P} responds to {loss}
            {P} pays nothing [for|towards] {loss}, not even when {state}
            there is no [cover|protection] for {loss} [while|when|if] {state}
            {loss} [falls|lies] outside {P}
            {loss} is [left out of|excepted from] {P}
            {Y} must bear {loss} in full [when|if] {state}
            no claim for {loss} can be [made|met] while {state}
            although {P} covers {thing}, it never responds to {peril}
            {I} will [refuse|reject] a claim for {loss} even if {state}
            {loss} is a matter for {Y} and not for {Io}
            whatever {P} promises, {loss} is not part of it
            {P} is not meant for {loss}
            {loss} [remains|stays] uninsured [while|although|even if] {state}
            {P} stops short of {loss}
            any item worth [more than|over] {amt} is outside {P}
            {Y} cannot [claim|recover] the cost of {service}, not even after {peril}
            the benefits of {P} do not include {loss}
            {P} pays for {loss}, but never when it is due to {peril}
            {loss} [is|falls|belongs] outside {P}
            {loss} is not within {P}, whether or not {state}
            {Y} must bear the whole of {loss}
            {Y} will meet {loss} in full
            {P} gives no cover for {loss} although {state}
            {loss} concerns {Y} and not {Io}
            it is {Y} and not {I} who must pay for {loss}
            not {I} but {Y} must [bear|carry] {loss}
            {Y} will [bear|meet] {loss} instead of {Io}
            {loss} is charged to {Y} and not to {Io}
            the invoice for {service} is sent to {Y} and not to {Io}
            {I} can pass {loss} on to {Y}
            payment for {loss} is never due, whether or not {state}
            a claim for {loss} is not payable where {state}
            {I} {isnt} bound to make good {loss}
            {I} will give nothing for {loss} while {state}
            {loss} has been kept out of {P}
            * {P} gives no protection against {loss}
            * {I} will pay nothing for {loss} if {state}
            * {loss} does not come within {P}, even when {state}
            * the bill for {service} goes to {Y} and not to {Io}
            * {I} {isnt} there to make good {loss}
            """,
            "condition",
            """
            {loss} is [insured|covered] only [if|while|as long as] {state}
            {I} will pay for {loss} only [if|when|after] {Y} {has} {actPp}
            cover for {loss} depends on {Y} having {actPp}
            no payment for {loss} is due [until|before] {Y} {has} {actPp}
            {P} does not [respond|extend|apply] to {loss} unless {state}
            for {P} to [respond|apply], it must be shown that {state}
            provided that {state}, {loss} is [insured|covered]
            {I} will pay for {loss} as long as {state}, and not otherwise
            a claim above {amt} is paid only after an expert has [seen|valued] the damage
            the right to be paid for {loss} arises on proof that {state}
            unless {Y} {has} {actPp}, {I} will not pay for {loss}
            during the first {per}, {P} applies only [if|while] {state}
            without {proof}, {I} will not [consider|settle] a claim for {loss}
            {P} begins only when {Y} {has} {actPp}
            whether {I} will pay for {loss} turns on whether {state}
            only where {state} does {P} extend to {loss}
            the promise to pay for {loss} supposes that {state}
            {loss} is excepted from {P} unless {state}
            {Y} may claim for {loss} if, and only if, {state}
            {I} must pay for {loss} where {state}, but not in any other case
            {loss} of more than {amt} is met only against {proof}
            payment for {loss} is due if {state}, but not otherwise
            {I} {is1} bound to make good {loss} only [while|where] {state}
            {loss} is within {P} for as long as {state}, and no longer
            {I} will meet {loss}, but first {Y} must have {actPp}
            a claim for {loss} is payable once {Y} {has} {actPp}
            {loss} is a matter for {Io} if {state}, and otherwise for {Y}
            * {Y} can recover the cost of {service} only where {state}
            * {I} will not pay for {loss} until {Y} {has} {actPp}
            * before any claim for {loss} is met, it must be shown that {state}
            * {P} extends to {loss} provided that {state}
            * unless {state}, there is no cover for {loss}
            """,
            "duty",
            """
            {Y} must {act} [within|no later than] {per} after the loss
            {Y} [shall|will] {act} [at once|without delay|free of charge]
            it is for {Y} to {act}
            {I} may require {Y} to {act} within {per}
            {Y} {is} [obliged|bound] to {act} before the end of each year
            {actGer} is {Ypos} responsibility and not a matter for {Io}
            as soon as {loss} is discovered, {Y} must {act}
            {Y} [must|may|shall] not {dont}
            after {peril}, {Y} should first {act}
            the [task|burden] of {actGer} falls on {Y}
            {Y} cannot leave it to {Io} to {act}
            {Y} may never {dont}, not even if {state}
            {loss} above {amt} must be reported to {Io} within {per}
            even where {I} will pay for {loss}, {Y} must {act}
            even if no claim is payable, {Y} must {act}
            when {state}, {Y} {is} to {act}
            {I} {count} on {Y} not to {dont}
            {Y} will {act} and will not {dont}
            the first thing {Y} must do after {peril} is to {act}
            {Y} must see to it that {kept}
            whenever {I} ask{Is} for it, {Y} shall {act}
            it is {Y} and not {I} who must {act}
            {Y} {is} under a duty to {act} when {loss} is discovered
            {I} can expect {Y} to {act}
            {Y} {is} to {act} and not to wait for {Io}
            {Y} must take care not to {dont}
            it is left to {Y} to {act}
            * {Y} {has} to {act} [within {per}|without delay]
            * when {loss} is discovered, it is for {Y} to {act}
            * {Y} {is} bound not to {dont}
            * {I} may leave it to {Y} to {act}
            * {Y} shall see to it that {kept}
            """,
            "definition",
            """
            {term} means {gloss}
            the word {term} is used here for {gloss}
            {aterm} is {gloss}, not {non}
            {gloss} [counts as|is treated as|ranks as] {aterm}
            the word {term} [extends to|covers|includes] {gloss}
            {non} does not [count as|amount to|rank as] {aterm}
            where {P} speaks of {aterm}, it has in mind {gloss}
            {aterm} is not {non}, but {gloss}
            any reference to {aterm} must be read as one to {gloss}
            whenever {aterm} is mentioned in {P}, {gloss} is meant
            only {gloss} is {aterm} for the purposes of {P}
            for there to be {aterm}, there must be {gloss}
            {non} is not {aterm} as understood in {P}
            {P} calls {gloss} {aterm}
            the expression {term} does not [extend to|include|cover] {non}
            {I} understand{Is} by {aterm} [only|first of all] {gloss}
            no more is meant by {aterm} than {gloss}
            {aterm} remains {aterm} even if {state}
            {gloss} is {aterm} even while {state}
            it makes {non} no more {aterm} that {state}
            the term {term} stands for {gloss}
            {gloss}, but not {non}, is {aterm}
            {P} does not use the word {term} for {non}
            {non} falls outside the word {term}
            {gloss} falls within the word {term}
            * the expression {term} means {gloss}
            * {gloss} is what {P} calls {aterm}
            * {non} is not to be treated as {aterm}
            * by {aterm}, {P} understands {gloss}
            * {aterm} covers {gloss}, but not {non}
            """,
            "limit",
            """
            {I} will pay [no more than|at most|not more than] {amt} for {loss}
            the most {I} will pay for {loss} is {amt}
            payment for {loss} [ends|stops] at {amt}
            {loss} is [insured|covered] up to {amt} [a year|for each claim|in all]
            {amt} is the highest sum payable for {loss}
            what {I} must pay for {loss} does not exceed {amt}
            any part of {loss} above {amt} is not paid
            however great the damage, {I} will not pay beyond {amt}
            {Y} can recover {amt} and no more for {loss}
            {I} must pay for {loss}, but only until {amt} has been reached
            once {amt} has been paid for {loss}, nothing further is due
            the cost of {service} is met within a maximum of {amt}
            if {loss} comes to more than {amt}, {Y} must bear whatever is above it
            {pct} percent of the sum insured is the ceiling for {loss}
            up to {amt}, {loss} is [met|borne] by {Io}
            the first {amt} of {loss} is paid, and nothing after that
            {loss} is carried by {Y} as soon as it passes {amt}
            no [number|series] of claims for {loss} can bring {Y} over {amt}
            {I} will pay for {loss} until {amt} is used up
            {amt} is all that {P} pays [for|towards] {loss}
            {loss} is insured only to the extent that it is less than {amt}
            above {amt}, {loss} is left to {Y}
            under {amt}, {loss} is left to {Io}
            what goes beyond {amt} of {loss} is met by {Y}
            {I} must pay {amt} of {loss}, and {Y} all the rest
            {amt} of {loss} at most is a matter for {Io}
            {loss} passes from {Io} to {Y} at {amt}
            {I} will pay first, and {Y} from {amt} of {loss} on
            * {amt} is the most that {Y} can recover for {loss}
            * {I} will not pay more than {amt} for {loss}
            * {P} pays for {loss} up to a maximum of {amt}
            * beyond {amt}, {loss} is borne by {Y}
            * for {loss}, {I} will stop at {amt}
            """,
            "deductible",
            """
            {Y} must [bear|carry] the first {amt} of {loss}
            {I} will pay only the part of {loss} above {amt}
            {amt} of [every|each] claim for {loss} stays with {Y}
            the first {amt} of [any|every] claim for {loss} is not paid
            a claim for {loss} is reduced by {amt} before it is paid
            from [each|every] payment for {loss} {I} will [subtract|keep back|take off] {amt}
            {pct} percent of {loss} is for {Ypos} own account
            {I} will pay for {loss} after {amt} has been taken off
            up to {amt}, {loss} is [carried|borne] by {Y}
            a claim for {loss} counts only to the extent that it is more than {amt}
            {Y} must add {amt} of {Ypos} own to the cost of {service}
            {loss} must pass {amt} before {I} will begin to pay
            the settlement is {amt} less than the cost of {service}
            {I} will pay the cost of {service} minus {amt}
            not the whole of {loss} is paid, for {amt} remains with {Y}
            if {loss} comes to more than {amt}, {I} will pay whatever is above it
            any part of {loss} below {amt} is not paid
            {loss} is [met|borne] by {Io} as soon as it passes {amt}
            {Y} and {I} share {loss}, {Y} with the lowest {amt} of it
            nothing is due for {loss} until {amt} has been borne by {Y}
            {loss} is insured only to the extent that it is over {amt}
            above {amt}, {loss} is left to {Io}
            under {amt}, {loss} is left to {Y}
            what goes beyond {amt} of {loss} is met by {Io}
            {Y} must pay {amt} of {loss}, and {I} all the rest
            {amt} of {loss} at [least|first] is a matter for {Y}
            payment for {loss} [begins|starts] at {amt}
            {loss} passes from {Y} to {Io} at {amt}
            {Y} will pay first, and {I} from {amt} of {loss} on
            {amt} is kept back from [each|every] payment for {loss}
            every payment for {loss} is {amt} short of the whole
            * {I} will not pay the first {amt} of {loss}
            * {amt} is taken off every payment for {loss}
            * {Y} must carry {amt} of [every|each] claim for {loss}
            * {I} will subtract {amt} from the cost of {service}
            * below {amt}, {loss} is carried by {Y}
            """,
            "termination",
            """
            {P} [ends|comes to an end|is over] [when|as soon as|on the day] {ending}
            either party may [end|give up] {P} by notice of {per}
            {I} may [cancel|withdraw from] {P} if {ending}
            {Y} may [leave|cancel] {P} at any time by a letter to {Io}
            no cover is left once {ending}
            if {ending}, {P} is [over|at an end] from that day
            {P} lapses {per} after the day on which {ending}
            {P} runs for {per} and then expires, even if {state}
            the [sale|loss|destruction] of {thing} brings {P} to a close
            {I} {isnt} bound by {P} any longer if {ending}
            after {loss} of more than {amt}, {I} may give notice to {Y}
            {P} does not continue beyond the day on which {ending}
            {P} will not be renewed if {ending}
            {Y} must write to {Io} {per} before in order to be free of {P}
            the last day of {P} is the one on which {ending}
            when {ending}, {Y} {is} released from {P}
            once {amt} has been paid for {loss}, {P} is [over|at an end]
            within the first {per}, {Y} may give up {P} without a reason
            {I} must let {Y} out of {P} within {per} if {ending}
            {P} extends to {loss} until {ending}, and to nothing from then on
            {Y} can only leave {P} when {ending}
            {P} is no longer in force once {ending}
            the end of {P} comes when {ending}
            {I} can end {P} as soon as {ending}
            a notice of {per} is enough to end {P}
            {Y} {is} free to leave {P} if {ending}
            {P} will go on until {ending}, but no further
            * {P} stops on the day on which {ending}
            * {I} can bring {P} to an end by notice of {per}
            * {P} expires as soon as {ending}
            * {Y} may withdraw from {P} if {ending}
            * from the day on which {ending}, {P} is at an end
            """));

    /** Before what a clause admits; the rest of the clause is what it says, and decides the kind. */
    static final List<String> ADMITTING = lines(
            """
            although
            even though
            granted that
            [although|even though] [section|clause|part] {num} says that
            * notwithstanding that
            * in spite of the fact that
            """);

    /** Said before or after a frame of any kind; none changes what the clause does. */
    static final List<String> OPENERS = lines(
            """
            under [section|clause|part] {num}
            for the purposes of [section|clause|part] {num}
            subject to [section|clause|part] {num}
            subject to the [limit|deductible|exclusions|conditions|definitions] in [section|clause|part] {num}
            whatever the [limit|deductible|premium] may be
            apart from the [exclusions|definitions|duties|conditions] in [section|clause|part] {num}
            in addition to the [conditions|duties|exclusions|limits] of [section|clause|part] {num}
            as the [definitions|conditions|exclusions] in [section|clause|part] {num} make clear
            without changing the [limit|deductible|coverage] of [section|clause|part] {num}
            before and after notice of termination
            in [every|any] insurance year
            [for the avoidance of doubt|for clarity|in general|in all cases|in every case]
            in the sense in which the word is used in [section|clause|part] {num}
            however small or great the [claim|loss|bill] may be
            as both parties must [accept|understand]
            as is meant by [section|clause|part] {num}
            from the first day up to the last day of the contract
            as long as the contract lasts
            whoever may have to give notice to the other party
            beyond what [section|clause|part] {num} may also say
            in the first year no less than in the last
            for all that {I} and {Y} have agreed to in [section|clause|part] {num}
            as [section|clause|part] {num} shall not be read to mean anything else
            once and for all
            in the [whole of the country|places shown in the schedule|buildings named in the schedule]
            """);

    static final List<String> TAILS = lines(
            """
            , unless the schedule says otherwise
            , unless [section|clause|part] {num} says otherwise
            , whether or not a deductible applies
            , whether or not the limit has been reached
            , whether or not notice of termination has been given
            , subject to the [exclusions|conditions|definitions] in [section|clause|part] {num}
            , and the [limit|deductible] in [section|clause|part] {num} is a separate matter
            , as the [definition|exclusion|condition|limit] in [section|clause|part] {num} shows
            , and the schedule does not change this
            , and this must be read with the [duties|conditions|definitions] in [section|clause|part] {num}
            , with no effect on the [coverage|deductible|limit] of [section|clause|part] {num}
            , not only under this section but under [section|clause|part] {num} as well
            , up to the end of the insurance year
            , at whatever time of the day or night and in whichever place
            , as must be clear to both parties from [section|clause|part] {num}
            , and [section|clause|part] {num} shall not be understood as saying anything more
            , in the sense given to these words by [section|clause|part] {num}
            , without any need for a letter to the other party
            , which is the first thing to be read in [section|clause|part] {num}
            , however long the contract has been in force
            , even after [section|clause|part] {num} has come to an end
            , even though [section|clause|part] {num} also [gives|allows|means] something else
            , and the bill for the premium may not be any less because of it
            , until both parties agree on something else in writing
            , and a termination of [section|clause|part] {num} changes nothing
            """);

    static List<String> lines(String text) {
        return text.strip().lines().map(String::strip).toList();
    }
}
