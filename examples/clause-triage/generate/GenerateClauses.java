import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the clauses of this example: {@code java generate/GenerateClauses.java}.
 *
 * <p>A clause is an optional opener, a frame of its kind and an optional tail. Only the frame decides the kind: openers
 * and tails are drawn from the same lists for every kind, and they are full of the other kinds' words. Or a clause says
 * one thing and admits another, a frame of another kind: "although the house is insured, the boat is not". What it says
 * decides the kind. Such clauses of the test come in pairs of the same words, in which what one says, the other admits.
 *
 * <p>In frames and word lists, <code>{name}</code> is a slot, <code>[a|b]</code> a choice, and a line that starts with
 * {@code *} is held out: no training clause uses it. Every test clause uses held-out frames or held-out words.
 *
 * <p>The program reads the text of the base model, which {@code GenerateText} of tiny-base writes, and writes no
 * clause that the base model has read. The output is the same on every machine.
 */
public final class GenerateClauses {
    /** Half of the clauses of a kind say one thing; the others also admit something of another kind. */
    private static final int TRAIN_PER_KIND = 700;
    /** Of each kind; a third of them with held-out frames, the others with held-out words. */
    private static final int TEST_PER_KIND = 60;
    private static final List<Draw> HELD_OUT = List.of(Draw.HELD_OUT_FRAMES, Draw.HELD_OUT_WORDS);
    private static final Map<Draw, Integer> TEST_PARTS =
            Map.of(Draw.HELD_OUT_FRAMES, TEST_PER_KIND / 3, Draw.HELD_OUT_WORDS, TEST_PER_KIND * 2 / 3);
    private static final List<String> KINDS = List.of(
            "coverage", "exclusion", "condition", "duty", "definition", "limit", "deductible", "termination");
    /** How much more is drawn than written: the base model has read some of it. */
    private static final double SURPLUS = 1.25;
    /** No clause is shorter, but for its full stop. */
    private static final int BEGINNING = 16;

    private static final Map<String, String> FRAMES = new TreeMap<>(Map.of(
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
    private static final List<String> ADMITTING = lines(
            """
            although
            even though
            granted that
            [although|even though] [section|clause|part] {num} says that
            * notwithstanding that
            * in spite of the fact that
            """);

    /** Said before or after a frame of any kind; none changes what the clause does. */
    private static final List<String> OPENERS = lines(
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

    private static final List<String> TAILS = lines(
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

    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            slot(
                    "loss",
                    """
                    [damage|loss or damage] to {thing} [caused by|through|due to|after|from] {peril}
                    [damage|accidental damage] to {thing}
                    [the theft|the loss|the breakage] of {thing}
                    the cost of {service}
                    the cost of {service} after {peril}
                    injury to {person}
                    injury to {person} [caused by|through|due to|from] {peril}
                    """),
            slot(
                    "peril",
                    """
                    fire
                    smoke
                    a storm
                    a flood
                    frost
                    lightning
                    a burst pipe
                    subsidence
                    vandalism
                    a falling tree
                    an explosion
                    rot
                    mould
                    an earthquake
                    a power cut
                    wear and tear
                    rust
                    damp
                    a riot
                    a short circuit
                    * hail
                    * an avalanche
                    * a plague of insects
                    * a leaking oil tank
                    * melting snow
                    """),
            slot(
                    "thing",
                    """
                    the roof
                    the garage
                    the garden wall
                    furniture
                    jewellery
                    bicycles
                    a laptop
                    a piano
                    the boiler
                    the fence
                    carpets
                    the windows
                    tools
                    the stock
                    the boat
                    paintings
                    the car
                    a trailer
                    clothing
                    the kitchen
                    the machinery
                    cash
                    * the greenhouse
                    * a violin
                    * the caravan
                    * the chimney
                    * cameras
                    * the swimming pool
                    """),
            slot(
                    "person",
                    """
                    a guest
                    a visitor
                    an employee
                    a passenger
                    a tenant
                    a child of the family
                    a passer-by
                    a member of the crew
                    * a neighbour
                    * a customer
                    * a cyclist
                    """),
            slot(
                    "service",
                    """
                    repairing {thing}
                    replacing {thing}
                    clearing the site
                    a hotel
                    towing the car
                    a lawyer
                    medical treatment
                    new keys
                    finding the leak
                    storing {thing}
                    cleaning {thing}
                    * a replacement car
                    * drying the walls
                    * bringing {person} home
                    """),
            slot(
                    "state",
                    """
                    the house is empty
                    the front door is locked
                    the alarm is switched on
                    nobody is at home
                    the car is parked in a garage
                    the driver holds a valid licence
                    the goods are kept above the ground
                    the windows are closed
                    the heating is on
                    work is going on at the premises
                    the keys are kept in a safe
                    the boat is out of the water
                    the car is used for business
                    a watchman is on duty
                    the load is tied down
                    the journey is within Europe
                    the shop is open
                    the house is let to tenants
                    the damage is worth more than {amt}
                    the building is less than {per} old
                    {Y} {has} had {thing} checked within the last {per}
                    * the dog is on a lead
                    * the water is turned off
                    * the gate is shut
                    * the trip takes more than {per}
                    * the cellar is dry
                    """),
            // States that the insured can see to.
            slot(
                    "kept",
                    """
                    the front door is locked
                    the alarm is switched on
                    the goods are kept above the ground
                    the windows are closed
                    the heating is on
                    the keys are kept in a safe
                    the boat is out of the water
                    a watchman is on duty
                    the load is tied down
                    * the dog is on a lead
                    * the water is turned off
                    * the gate is shut
                    """),
            slot(
                    "act",
                    """
                    send {Io} the invoices/sent {Io} the invoices/sending {Io} the invoices
                    tell {Io} about the loss/told {Io} about the loss/telling {Io} about the loss
                    report the theft to the police/reported the theft to the police/reporting the theft to the police
                    keep the receipts/kept the receipts/keeping the receipts
                    let {Io} inspect the damage/let {Io} inspect the damage/letting {Io} inspect the damage
                    fit locks to the windows/fitted locks to the windows/fitting locks to the windows
                    have the boiler serviced/had the boiler serviced/having the boiler serviced
                    give {Io} a list of the lost items/given {Io} a list of the lost items/giving {Io} a list of the lost items
                    pay the premium/paid the premium/paying the premium
                    protect {thing} from further damage/protected {thing} from further damage/protecting {thing} from further damage
                    clear the gutters/cleared the gutters/clearing the gutters
                    store {thing} off the floor/stored {thing} off the floor/storing {thing} off the floor
                    answer the questions in the proposal/answered the questions in the proposal/answering the questions in the proposal
                    show {Io} the damaged parts/shown {Io} the damaged parts/showing {Io} the damaged parts
                    call the fire brigade/called the fire brigade/calling the fire brigade
                    hand over the keys/handed over the keys/handing over the keys
                    obtain two estimates/obtained two estimates/obtaining two estimates
                    name every driver of the car/named every driver of the car/naming every driver of the car
                    have the wiring checked/had the wiring checked/having the wiring checked
                    * photograph the damage/photographed the damage/photographing the damage
                    * return the signed form/returned the signed form/returning the signed form
                    * drain the water pipes/drained the water pipes/draining the water pipes
                    * notify {Io} of the new address/notified {Io} of the new address/notifying {Io} of the new address
                    * see a doctor/seen a doctor/seeing a doctor
                    """),
            slot(
                    "dont",
                    """
                    leave {thing} unattended
                    admit liability to anyone
                    throw damaged items away
                    let {thing} fall into disrepair
                    start repairs without asking {Io}
                    lend the car to anyone under {num} years of age
                    hide a fact from {Io}
                    settle a claim with {person}
                    * leave the keys in the car
                    * store fuel in the cellar
                    * promise payment to {person}
                    """),
            slot(
                    "proof",
                    """
                    a police report
                    a doctor's certificate
                    the original receipts
                    a written estimate
                    * two witnesses
                    * an expert's report
                    """),
            slot(
                    "ending",
                    """
                    {Y} {sells} {thing}
                    the car is scrapped
                    the premium has been unpaid for {per}
                    {Y} {dies}
                    the business closes
                    {Y} {moves} abroad
                    the boat changes hands
                    the building is pulled down
                    the driving licence is withdrawn
                    {Y} {is} declared bankrupt
                    the sum insured has been paid
                    the house has been empty for more than {per}
                    a false claim for {loss} is made
                    * the shop is given up
                    * {Y} {gives} {thing} away
                    * {Y} {retires}
                    * the lease runs out
                    """),
            // Word, the same with its article, what it means, and what it is not.
            slot(
                    "definition",
                    """
                    flood/a flood/water that rises from a river, a lake or the sea/water from a tap
                    storm/a storm/wind of more than {num} metres a second/a draught through an open window
                    home/a home/a building in which {Y} {live} for most of the year/a tent or a shed
                    family/a member of the family/a person who shares a household with {Y}/a guest who stays for {per}
                    valuables/an item of value/an item of gold, silver or fur worth more than {amt}/clothing
                    accident/an accident/a sudden event from outside that injures {person}/an illness
                    vehicle/a vehicle/anything with a motor that is made for the road/a bicycle
                    burglary/a burglary/the entry of a thief through a locked door or window/the loss of {thing}
                    fire/a fire/a flame that spreads by its own strength/smoke from a stove
                    premises/part of the premises/ground inside the garden wall/the road outside the gate
                    employee/an employee/a person who works for {Y} for wages/a visitor
                    journey/a journey/a trip of more than {num} miles from home/the way to work
                    claim/a claim/a written request for payment/a question by telephone
                    loss/a loss/all damage that has one cause/a fall in price
                    deductible/a deductible/the figure printed beside a section of the schedule/the premium
                    limit/a limit/the larger figure in the schedule/an estimate
                    exclusion/an exclusion/a sentence printed in small type under a section/a note in the margin
                    condition/a condition/a rule in part {num} of the booklet/a piece of advice
                    termination/a termination/the last day named in a notice/a pause in payments
                    coverage/coverage/the promise printed at the head of a section/a letter from an agent
                    duty/a duty/a task listed in part {num} of the booklet/a custom of the trade
                    year/a year/a period of twelve months from the first day of {P}/a tax year
                    notice/a notice/a letter that reaches {I} within {per}/a message on the telephone
                    repair/a repair/work that puts {thing} back as it was before/an improvement
                    small claim/a small claim/a claim of less than {amt}/the loss of {thing}
                    * theft/a theft/the taking of {thing} by a stranger/the loss of keys
                    * guest/a guest/a person who stays for less than {per} and pays nothing/a tenant
                    * driver/a driver/a person named in the schedule who holds a licence/a passenger
                    * empty building/an empty building/a house in which nobody has slept for {per}/a shop that is closed on Sundays
                    * premium/a premium/the price of {P} for one year/a fee
                    * expert/an expert/a person chosen by {Y} and {Io} together/a friend of the family
                    """),
            slot(
                    "P",
                    """
                    this policy
                    this section
                    this cover
                    this insurance
                    the contract
                    this part of the contract
                    * this agreement
                    """),
            slot("num", "2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n14\n15\n16\n18\n20\n21\n25"),
            slot("pct", "5\n10\n15\n20\n25\n30\n* 35\n40\n* 45\n50"),
            slot("amt", "{sum} [euros|dollars|pounds|francs]"),
            slot(
                    "sum",
                    "50\n80\n100\n120\n150\n200\n250\n* 275\n300\n400\n500\n600\n* 650\n750\n800\n1,000\n1,200\n1,500\n2,000\n"
                            + "2,500\n3,000\n* 3,500\n4,000\n5,000\n7,500\n10,000\n12,000\n* 15,000\n20,000\n50,000"),
            slot(
                    "per",
                    """
                    [two|three|five|ten|14|21|30|60|90] days
                    [two|three|four|six] weeks
                    [two|three|six|nine] months
                    [two|five|ten] years
                    * [45|75] days
                    * eight weeks
                    """));

    /** The parties as one clause names them: who insures, its object and plural; who is insured, possessive, plural. */
    private record Parties(
            String insurer, String insurerObject, boolean insurersPlural, String insured, String insureds, boolean you) {}

    private static final List<Parties> PARTIES = List.of(
            new Parties("we", "us", true, "you", "your", true),
            new Parties("we", "us", true, "the insured", "the insured's", false),
            new Parties("the insurer", "the insurer", false, "the insured", "the insured's", false),
            new Parties("the insurer", "the insurer", false, "you", "your", true),
            new Parties("the company", "the company", false, "the policyholder", "the policyholder's", false),
            new Parties("the underwriters", "the underwriters", true, "the person insured", "his or her", false));

    private record Clause(String text, String kind) {
        /** In small letters and without the full stop: a longer sentence may hold it. */
        String open() {
            return text.substring(0, text.length() - 1).toLowerCase(Locale.ROOT);
        }

        String json() {
            return "{\"prompt\": \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\", \"completion\": \"" + kind
                    + "\"}";
        }
    }

    /** What may be drawn: nothing held out, held-out frames, or held-out words wherever there are some. */
    private enum Draw {
        KNOWN,
        HELD_OUT_FRAMES,
        HELD_OUT_WORDS
    }

    /** Clauses that are written together or not at all, {@code count} of them. */
    private record Pool(List<List<Clause>> groups, int count) {}

    private final Random random = new Random(20240607);
    private final Map<String, String> kindOf = new TreeMap<>();
    private Parties parties = PARTIES.get(0);
    private Map<String, String> chosen = new TreeMap<>();
    private Draw draw = Draw.KNOWN;

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "src/main/ft/data");
        Path text = Path.of(arguments.length > 1 ? arguments[1] : "../tiny-base/src/main/ft/data/text.jsonl");
        GenerateClauses generator = new GenerateClauses();
        List<Pool> train = new ArrayList<>();
        List<Pool> test = new ArrayList<>();
        for (String kind : KINDS) {
            train.add(generator.plain(kind, Draw.KNOWN, TRAIN_PER_KIND / 2));
            train.add(generator.admitting(kind, TRAIN_PER_KIND / 2));
            for (Draw words : HELD_OUT) {
                test.add(generator.plain(kind, words, TEST_PARTS.get(words) / 2));
            }
        }
        for (Draw words : HELD_OUT) {
            for (int turn = 0; turn < TEST_PARTS.get(words) / 2; turn++) {
                List<String> order = new ArrayList<>(KINDS);
                Collections.shuffle(order, generator.random);
                for (int i = 0; i < order.size(); i += 2) {
                    test.add(generator.mirrored(order.get(i), order.get(i + 1), words));
                }
            }
        }
        Set<String> read = generator.readIn(text);
        generator.write(train, read, folder.resolve("train.jsonl"));
        generator.write(test, read, folder.resolve("test.jsonl"));
    }

    /** The clauses that a document of the base model holds, whatever stands before and after them there. */
    private Set<String> readIn(Path text) throws IOException {
        Map<String, List<String>> beginnings = new HashMap<>();
        for (String clause : kindOf.keySet()) {
            String open = new Clause(clause, "").open();
            beginnings.computeIfAbsent(open.substring(0, BEGINNING), unused -> new ArrayList<>()).add(open);
        }
        Set<String> read = new TreeSet<>();
        try (BufferedReader documents = Files.newBufferedReader(text)) {
            for (String line = documents.readLine(); line != null; line = documents.readLine()) {
                // A line break of the document is two characters in the file.
                String document = line.toLowerCase(Locale.ROOT).replace("\\n", "\n");
                for (int i = 0; i + BEGINNING <= document.length(); i++) {
                    if (i == 0 || !Character.isLetterOrDigit(document.charAt(i - 1))) {
                        String beginning = document.substring(i, i + BEGINNING);
                        for (String clause : beginnings.getOrDefault(beginning, List.of())) {
                            if (document.startsWith(clause, i)) {
                                read.add(clause);
                            }
                        }
                    }
                }
            }
        }
        return read;
    }

    private void write(List<Pool> pools, Set<String> read, Path file) throws IOException {
        List<Clause> clauses = new ArrayList<>();
        int left = 0;
        for (Pool pool : pools) {
            List<List<Clause>> fit = pool.groups().stream()
                    .filter(group -> group.stream().noneMatch(clause -> read.contains(clause.open())))
                    .toList();
            left += pool.groups().size() - fit.size();
            fit.subList(0, pool.count()).forEach(clauses::addAll);
        }
        Collections.shuffle(clauses, random);
        StringBuilder text = new StringBuilder();
        clauses.forEach(clause -> text.append(clause.json()).append('\n'));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
        System.out.println(file + ": " + clauses.size() + " clauses; the base model has read " + left + " others");
    }

    /** Clauses that say one thing, their frames taken in turn. */
    private Pool plain(String kind, Draw words, int count) {
        List<String> frames = frames(kind, words);
        List<List<Clause>> clauses = new ArrayList<>();
        for (int turn = 0; clauses.size() < SURPLUS * count; turn++) {
            Clause clause = new Clause(plain(frames.get(turn % frames.size()), words), kind);
            if (isNew(clause)) {
                clauses.add(List.of(clause));
            }
        }
        return new Pool(clauses, count);
    }

    /** Clauses that say one thing and admit another, the frames of what they say taken in turn. */
    private Pool admitting(String kind, int count) {
        List<String> frames = frames(kind, Draw.KNOWN);
        List<String> others = KINDS.stream().filter(other -> !other.equals(kind)).toList();
        List<List<Clause>> clauses = new ArrayList<>();
        for (int turn = 0; clauses.size() < SURPLUS * count; turn++) {
            String frame = frames.get(turn % frames.size());
            List<Clause> pair = mirrored(kind, frame, pick(others), Draw.KNOWN);
            if (!pair.isEmpty() && isNew(pair.get(0))) {
                clauses.add(pair.subList(0, 1));
            }
        }
        return new Pool(clauses, count);
    }

    /** Two clauses of the same words: what one says, the other admits. */
    private Pool mirrored(String kind, String other, Draw words) {
        List<List<Clause>> pairs = new ArrayList<>();
        while (pairs.size() < 2) {
            List<Clause> pair = mirrored(kind, pick(frames(kind, words)), other, words);
            if (!pair.isEmpty() && pair.stream().allMatch(this::isNew)) {
                pairs.add(pair);
            }
        }
        return new Pool(pairs, 1);
    }

    /** Both orders, or nothing if one of the two already says "although". */
    private List<Clause> mirrored(String kind, String frame, String other, Draw words) {
        parties = pick(PARTIES);
        draw = words;
        chosen = new TreeMap<>();
        String one = expand(unmarked(frame));
        chosen = new TreeMap<>();
        String two = expand(unmarked(pick(frames(other, words))));
        if ((one + two).contains("although") || (one + two).contains("even if")) {
            return List.of();
        }
        List<String> admitting = words == Draw.KNOWN ? known(ADMITTING) : ADMITTING;
        String admits = expand(unmarked(pick(admitting)));
        String pattern = random.nextBoolean() ? admits + " %2$s, %1$s." : "%1$s, " + admits + " %2$s.";
        return List.of(
                new Clause(capitalized(String.format(pattern, one, two)), kind),
                new Clause(capitalized(String.format(pattern, two, one)), other));
    }

    private boolean isNew(Clause clause) {
        String other = kindOf.putIfAbsent(clause.text(), clause.kind());
        if (other != null && !other.equals(clause.kind())) {
            throw new IllegalStateException("both " + other + " and " + clause.kind() + ": " + clause.text());
        }
        return other == null;
    }

    private static List<String> frames(String kind, Draw words) {
        List<String> frames = lines(FRAMES.get(kind));
        return words == Draw.HELD_OUT_FRAMES
                ? frames.stream().filter(line -> line.startsWith("*")).toList()
                : known(frames);
    }

    private static List<String> known(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("*")).toList();
    }

    private String plain(String frame, Draw words) {
        parties = pick(PARTIES);
        chosen = new TreeMap<>();
        draw = words;
        String core = expand(unmarked(frame));
        draw = Draw.KNOWN;
        String opener = random.nextInt(100) < 50 ? expand(pick(OPENERS)) + ", " : "";
        String tail = random.nextInt(100) < 55 ? expand(pick(TAILS)) : "";
        return capitalized(opener + core + tail + ".");
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The text with every slot filled and every choice made. */
    private String expand(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                int end = text.indexOf('}', i);
                out.append(slotValue(text.substring(i + 1, end)));
                i = end;
            } else if (c == '[') {
                int end = text.indexOf(']', i);
                out.append(pick(List.of(text.substring(i + 1, end).split("\\|"))));
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private String slotValue(String slot) {
        boolean you = parties.you();
        return switch (slot) {
            case "I" -> parties.insurer();
            case "Io" -> parties.insurerObject();
            case "Is" -> parties.insurersPlural() ? "" : "s";
            case "is1" -> parties.insurersPlural() ? "are" : "is";
            case "isnt" -> parties.insurersPlural() ? "are not" : "is not";
            case "count" -> parties.insurersPlural() ? "count" : "counts";
            case "Y" -> parties.insured();
            case "Ypos" -> parties.insureds();
            case "is" -> you ? "are" : "is";
            case "has" -> you ? "have" : "has";
            case "live" -> you ? "live" : "lives";
            case "dies" -> you ? "die" : "dies";
            case "moves" -> you ? "move" : "moves";
            case "retires" -> you ? "retire" : "retires";
            case "sells" -> you ? "sell" : "sells";
            case "gives" -> you ? "give" : "gives";
            case "act" -> part("act", 0);
            case "actPp" -> part("act", 1);
            case "actGer" -> part("act", 2);
            case "term" -> part("definition", 0);
            case "aterm" -> part("definition", 1);
            case "gloss" -> part("definition", 2);
            case "non" -> part("definition", 3);
            // One clause names one contract, one loss and one amount.
            case "P", "loss", "amt" -> expand(chosen.computeIfAbsent(slot, this::word));
            default -> expand(word(slot));
        };
    }

    /** One of the forms of an entry, the same entry throughout a clause. */
    private String part(String list, int index) {
        return expand(chosen.computeIfAbsent(list, this::word).split("/")[index]);
    }

    private String word(String slot) {
        List<String> all = WORDS.get(slot);
        List<String> heldOut = all.stream().filter(line -> line.startsWith("*")).toList();
        if (draw == Draw.HELD_OUT_WORDS && !heldOut.isEmpty()) {
            return unmarked(pick(heldOut));
        }
        return pick(known(all));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String unmarked(String line) {
        return line.startsWith("*") ? line.substring(2) : line;
    }

    private static List<String> lines(String text) {
        return text.strip().lines().map(String::strip).toList();
    }

    private static Map.Entry<String, List<String>> slot(String name, String text) {
        return Map.entry(name, lines(text));
    }
}
