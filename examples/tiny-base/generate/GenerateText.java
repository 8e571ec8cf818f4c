import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the text the base model learns English from: {@code java generate/GenerateText.java}.
 *
 * <p>Short letters, stories, conversations and articles about homes, cars and insurance; passages with a question and
 * its answer; sentences and the same in other words; and exercises, in which the answers to the first questions show
 * what the later ones ask. A document keeps most of its people, things and sums from sentence to sentence, so that
 * there is something to learn beyond the next word.
 *
 * <p>Nothing here says what kind of clause a sentence is. The answers of exercises are words that have nothing to do
 * with their questions, drawn anew for every exercise. The names of the eight kinds are answers only where the questions
 * are single words such as towns and dates. The generator of clause-triage reads this text and writes no clause that is
 * in it.
 *
 * <p>In sentences and word lists, <code>{name}</code> is a slot and <code>[a|b]</code> a choice. The output is
 * the same on every machine.
 */
public final class GenerateText {
    private static final int DOCUMENTS = 150_000;
    private static final int VALIDATION_EXERCISES = 64;
    private static final int TEST_DOCUMENTS = 100;
    /** The parts of the documents, in percent; the rest are exercises. */
    private static final int PROSE_PERCENT = 4;
    private static final int READINGS_PERCENT = 8;
    private static final int QUESTIONS_PERCENT = 48;
    private static final int OTHER_WORDS_PERCENT = 13;
    private static final int LISTS_PERCENT = 20;
    /** In characters, so that an exercise stays below the model's 512 tokens. */
    private static final int LONGEST_EXERCISE = 1_500;
    /** How many of a hundred sentences about a contract admit something else. */
    private static final int ADMITTING_PERCENT = 40;

    private static final String END = "<|endoftext|>";
    private static final String ANSWER = "\nAnswer:";
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
    private static final List<String> IN_OTHER_WORDS =
            List.of("In other words,", "That is to say,", "To put it another way,", "This means that", "So");
    /** How many sorts of questions an exercise has; the fewer, the easier to see that answers come back. */
    private static final List<Integer> SORTS = List.of(1, 1, 2, 2, 2, 3, 3, 4, 5, 6);
    private static final List<String> NAMED =
            List.of("thing", "peril", "aPerson", "town", "name", "weekday", "date", "amt");
    /** Losses of which a word is the subject. */
    private static final Map<String, List<String>> LOSSES = Map.of(
            "thing",
            List.of(
                    "[damage|accidental damage] to {thing}",
                    "[the theft|the loss|the breakage] of {thing}",
                    "the cost of repairing {thing}"),
            "peril",
            List.of(
                    "damage to {thing} [caused by|through|due to|after|from] {peril}",
                    "injury to {person} [caused by|through] {peril}"),
            "person",
            List.of("injury to {person}", "injury to {person} [caused by|through|due to|from] {peril}"));

    /** A document: so many sentences of the first list, then of the second, and so on, in the order of the lists. */
    private record Genre(int weight, List<Part> parts) {}

    private record Part(int least, int most, List<String> sentences) {}

    private static final List<Genre> GENRES = List.of(
            // A letter of claim.
            new Genre(
                    4,
                    List.of(
                            part(
                                    1,
                                    1,
                                    """
                                    Dear {Mr} {surname},
                                    Dear Sir or Madam,
                                    To the claims department of {company},
                                    Good morning {Mr} {surname},
                                    """),
                            part(
                                    1,
                                    2,
                                    """
                                    I am writing about {thing}, which [was damaged by {peril}|I lost because of {peril}] on {day}.
                                    On {day} there was {peril} [here|in our street|in {town}], and {thing} did not survive it.
                                    I would like to make a claim for {loss}.
                                    My policy with {company} began on {date}, and I have always paid the premium on time.
                                    Please open a claim for {loss}; the number of my policy is {num}{num}{num}.
                                    Last {weekday} I discovered damage to {thing}.
                                    """),
                            part(
                                    2,
                                    4,
                                    """
                                    The cost of {service} comes to {amt}.
                                    An expert has looked at the damage and thinks that it is [more|less] than {amt}.
                                    As soon as I discovered the loss I {didYou}.
                                    I have not yet {donePp}, because {pastFact}.
                                    When it happened, {pastFact}, and I can show that this is so.
                                    Nobody was hurt, but {person} had to stay at a hotel for {per}.
                                    I enclose {proof} and two photographs.
                                    {thing2} was also in the room, but it was not damaged.
                                    My neighbour saw everything and would be a witness.
                                    I did not {avoid}, and I did everything that could be expected of me.
                                    I know that I must bear the first {amt2} myself.
                                    As I understand it, the contract pays for {loss2} too.
                                    """),
                            part(
                                    1,
                                    3,
                                    """
                                    Please tell me within {per} whether you will pay for {loss}.
                                    If you need anything else from me, I will gladly {doMe}.
                                    Is it true that the deductible is taken off before you pay?
                                    I hope that no exclusion stands in the way.
                                    Please let me know which limit applies, and under which section.
                                    Could you explain the condition in clause {num}, which I do not understand?
                                    If you refuse, I will end the contract and look for better coverage.
                                    I have read the definition of {term} again and again, and I believe that I am right.
                                    It was my duty to report this, and so I do.
                                    """),
                            part(1, 1, "Yours faithfully, {name} {surname2}\nWith kind regards, {name} {surname2}\nYours sincerely, {name} {surname2}"))),
            // The answer of the company.
            new Genre(
                    4,
                    List.of(
                            part(1, 1, "Dear {Mr} {surname},\nDear {name},\nDear {Mr} {surname}, dear {name},"),
                            part(
                                    1,
                                    2,
                                    """
                                    Thank you for your letter of {date} about {loss}.
                                    We have now looked into your claim for {loss}.
                                    You asked us whether your policy covers {loss}.
                                    We were sorry to hear about {peril} and what it did to {thing}.
                                    You told us that {pastFact} when the damage happened.
                                    """),
                            part(
                                    3,
                                    5,
                                    """
                                    We are glad to say that we will pay for {loss}.
                                    We are sorry to say that we cannot pay for {loss}.
                                    Your contract insures {thing} against {peril}, [and so we will pay|but not while {fact}].
                                    The contract says nothing about {peril}, and so the bill for {service} stays with you.
                                    We pay for {loss} only if {pastFact}, and that was [not the case|the case].
                                    Of the {amt} that you claim, {amt2} is yours to bear, and we will pay the rest.
                                    For {thing} we pay {amt} at most, even if {service} costs more.
                                    Before we can pay, you must {doUs}.
                                    Unless you {doUs} within {per}, we will have to close the file.
                                    Because {pastFact}, the claim is outside the section on {peril}.
                                    It does not matter that {pastFact}.
                                    Damage by {peril} has been part of your coverage since {date}.
                                    Your deductible is {amt2}; anything below it is not paid.
                                    The sum insured for {thing} is {amt}, and there we must stop.
                                    Please do not {avoid} until our expert has been to see you.
                                    The word {term} means {gloss}, and not {non}.
                                    What happened to {thing} was not {term}, because {pastFact}.
                                    The limit of {amt} has already been reached by earlier claims.
                                    We will subtract {amt2} from the cost of {service}.
                                    """),
                            part(
                                    1,
                                    2,
                                    """
                                    The contract continues until {date}; if you wish to leave it, write to us {per} before.
                                    Your cover ends on the day on which {ending}.
                                    We will transfer {amt} to your account within {per}.
                                    Either of us may end the contract after a claim, by notice of {per}.
                                    If {ending}, please let us know at once.
                                    You may ask for another opinion within {per}.
                                    """),
                            part(1, 1, "Yours sincerely, {name} {surname2}, {company}\nWith kind regards, {company}"))),
            // A story.
            new Genre(
                    5,
                    List.of(
                            part(
                                    1,
                                    2,
                                    """
                                    {name} {surname} had lived in {town} for {per} when there was {peril}.
                                    Once there was {aPerson} called {name} who loved {thing} more than anything else.
                                    It was a cold {weekday}, and {name} was on the way [home|to work|to the shop].
                                    {name} and {name2} had bought {thing} for {amt}.
                                    On {day}, {name} heard a noise [in the cellar|on the roof|behind the house].
                                    Early in the morning the telephone rang in the house of {name} {surname}.
                                    """),
                            part(
                                    3,
                                    6,
                                    """
                                    Nobody was at home except the dog.
                                    Then came {peril}, and soon {thing} was [ruined|gone|broken|under water].
                                    "{thing} is lost," said {name2}, "and who is going to pay for it?"
                                    {name} remembered too late that {pastFact}.
                                    They looked for {thing} everywhere, but it was not there any more.
                                    At first {name} did not want to believe it.
                                    The neighbours came and helped for {per}.
                                    {name} wanted to {doMe}, but {name2} said that it was too late.
                                    "Do not {avoid}," said {name2}.
                                    "We should {doMe}," said {name}, "before {ending}."
                                    {name2} {didYou} and then made some tea.
                                    It rained for {per}, and the water rose higher and higher.
                                    {thing2} was the only thing that had not been damaged.
                                    {name} asked {person} for help, but {person} only laughed.
                                    The repair would cost {amt}, more than {name} earned in {per}.
                                    Then {name} found the policy in a drawer and read it slowly from the first page to the last.
                                    """),
                            part(
                                    1,
                                    3,
                                    """
                                    In the end the insurer paid {amt}, and {name} bought {thing2}.
                                    In the end the insurer paid nothing, because {pastFact}.
                                    The insurer paid everything above {amt2}, and {name} paid the rest.
                                    {company} paid {amt} and not a penny more.
                                    From that day on, {name} never forgot to {doMe}.
                                    Since then {name2} has always made sure that {fact}.
                                    They laughed about it for years, and every time they did, {name2} looked at {thing}.
                                    And when {ending}, nobody was sad.
                                    """))),
            // What an adviser says a contract does.
            new Genre(
                    9,
                    List.of(
                            part(
                                    1,
                                    1,
                                    """
                                    {name} went to see an adviser in {town} about the insurance of {thing}.
                                    "Let us read the contract together," said {name} {surname}, who had been with {company} for {per}.
                                    {name} asked what the policy of {company} was good for.
                                    At the counter of {company}, {name} put the policy on the table.
                                    This is what {name} wrote down after the talk with {Mr} {surname} of {company}.
                                    {name2} explained the contract to {name} over a cup of coffee.
                                    """),
                            part(
                                    4,
                                    7,
                                    """
                                    If {peril} damages {thing}, the insurer pays for {service}.
                                    If {peril} damages {thing}, the insurer pays nothing at all, and the owner bears the loss alone.
                                    {loss} is insured even while {fact}.
                                    {loss} is insured only while {fact}; otherwise it is not.
                                    {loss} is never insured while {fact}.
                                    {loss} is inside the contract, and {loss2} is outside it.
                                    {loss} is covered, but {loss2} is not.
                                    The contract extends to {loss}; it does not extend to {loss2}.
                                    The insurer is there for {loss}, whoever caused it.
                                    Nobody gets anything for {loss}, because it was left out of the contract.
                                    {loss} does not belong to the cover, although many people think so.
                                    The insurer takes over the cost of {service}.
                                    The cost of {service} has to be carried by the owner, and nobody pays it back.
                                    However high the bill is, the insurer pays {amt} and then stops.
                                    More than {amt} is never paid for {loss}.
                                    For {loss} there is {amt} at the most.
                                    The owner pays the first {amt2}, and the insurer pays what is above that.
                                    Below {amt2} the owner pays alone; the insurer begins above that.
                                    From every payment {amt2} is taken off.
                                    If the damage is {amt}, then {amt2} of it stays with the owner.
                                    Whoever has {loss} must {doMe} within {per}.
                                    The owner has to {doMe} and must not {avoid}.
                                    It is up to the owner to {doMe}.
                                    Nothing is paid until the owner has {donePp}.
                                    Unless {fact}, nothing is paid for {loss}.
                                    The insurer pays for {loss}, provided that {fact}.
                                    Payment for {loss} depends on {proof}.
                                    The contract is over as soon as {ending}.
                                    When {ending}, the contract comes to an end.
                                    The contract can be given up by a letter, {per} before the end of the year.
                                    The insurer may leave the contract if {ending}.
                                    Nobody is bound any longer once {ending}.
                                    {term} is the word for {gloss}.
                                    By {term} the contract understands {gloss}.
                                    {gloss} is called {term} there, but {non} is not.
                                    {non} is something else than {term}.
                                    Whether {fact} makes no difference.
                                    Everything turns on whether {fact}.
                                    The booklet says more about this in section {num}.
                                    """),
                            part(
                                    1,
                                    1,
                                    """
                                    "Now I understand," said {name}.
                                    {name} signed the papers and paid {amt} for the first year.
                                    {name} decided to think about it for {per}.
                                    "That is all," said {name2}, and closed the booklet.
                                    "And if I want to {doMe}?" asked {name}, but it was already late.
                                    """))),
            // An article in a magazine for consumers.
            new Genre(
                    4,
                    List.of(
                            part(
                                    1,
                                    2,
                                    """
                                    Many people do not know what their insurance pays for.
                                    Every year thousands of people lose {thing} because of {peril}.
                                    Our readers often ask us about {peril}.
                                    Is {loss} a case for the insurance? It depends.
                                    We have compared the contracts of {num} companies for {per}.
                                    Good insurance does not have to be expensive.
                                    """),
                            part(
                                    4,
                                    7,
                                    """
                                    Read the exclusions first, since they tell you what you will have to pay yourself.
                                    A contract with a deductible of {amt} is cheaper than one with a deductible of {amt2}.
                                    The coverage of one company ends where that of another begins.
                                    A limit of {amt} is too low for {thing}.
                                    The definition of {term} is the place where many claims go wrong.
                                    Many contracts depend on a condition, for example that {fact}.
                                    It is your duty to {doYou}; nobody else will do it for you.
                                    Termination is easy, since a letter is enough.
                                    One reader lost {thing} through {peril} and was paid {amt}.
                                    Another reader lost {thing2} and was paid nothing, because {pastFact}.
                                    Ask the company whether {loss} is insured, and ask for the answer in writing.
                                    Most companies pay for {loss}, and only a few pay for {loss2}.
                                    If {fact}, it is better to {doYou}.
                                    Never {avoid}, whatever the adviser says.
                                    After {peril} you should {doYou} and then {doYou2}.
                                    Do not wait longer than {per} before you {doYou}.
                                    {percent} percent of all claims are for less than {amt}.
                                    Whoever sells {thing} no longer needs to insure it.
                                    When {ending}, ask for the rest of the premium.
                                    Keep in mind that {fact} in most cases of {peril}.
                                    What is called {term} in one contract may be called something else in the next.
                                    """),
                            part(
                                    0,
                                    1,
                                    """
                                    The advice costs nothing, and it may save you {amt}.
                                    In our next number we will write about {peril}.
                                    You will find a list of companies on page {num}.
                                    """))),
            // A diary, a note, a talk at the door.
            new Genre(
                    4,
                    List.of(
                            part(
                                    2,
                                    4,
                                    """
                                    It is {weekday}, {date}; {fact}, and I am tired.
                                    Today {name} came to see {thing}.
                                    In the morning I {didYou}, in the afternoon I {didYou2}.
                                    {peril} in {town}; {thing} is broken.
                                    {name} says that {loss} will cost {amt}.
                                    I must not forget to {doMe}.
                                    I wrote to {company} {per} ago and have heard nothing.
                                    {name2} wants to sell {thing} for {amt}.
                                    """),
                            part(
                                    3,
                                    6,
                                    """
                                    "Who left {thing} in the rain?" asked {name}. "It was not me," said {name2}.
                                    "How much was {thing}?" asked {name}. "{amt}, I think," said {name2}, "or a little more."
                                    "Did you {doMe}?" asked {name2}. "Not yet," said {name}, "but I will."
                                    "When {ending}," said {name}, "we will move to {town}."
                                    "There will be {peril}," said {name2}. "Then we must {doMe}," said {name}.
                                    "What is {term}?" asked the child. "That is {gloss}," said {name}.
                                    "Is {non} the same as {term}?" asked the child. "No," said {name}, "{term} is {gloss}."
                                    "Will they pay?" asked {name}. "Only if {fact}," said {name2}.
                                    "Will they pay?" asked {name}. "Not for {loss}," said {name2}, "that is for sure."
                                    "Will they pay?" asked {name}. "Yes, but {amt} at most," said {name2}.
                                    "Will they pay?" asked {name}. "Yes, all but the first {amt2}," said {name2}.
                                    "Is the contract still running?" asked {name}. "Until {ending}," said {name2}.
                                    {name2} had heard that {pastFact}, and could not sleep.
                                    {thing2} stood in the corner, and nobody had used it for {per}.
                                    """))));

    /** A passage, a question about it and its answer. */
    private record Reading(String passage, String question, String answer) {}

    private static final List<Reading> READINGS = readings(
            """
            {I} will take over {loss}. // Who pays? // the insurer
            {I} will look after {loss}. // Who pays? // the insurer
            {loss} is at the expense of {Io}. // Who pays? // the insurer
            {loss} is at the expense of {Y}. // Who pays? // the insured
            {Y} {has} nothing to pay for {loss}, since {I} will do so. // Who pays? // the insurer
            {I} has nothing to pay for {loss}, and so {Y} must do so. // Who pays? // the insured
            {loss} is not at the expense of {Y}. // Who pays? // the insurer
            {loss} is not at the expense of {Io}. // Who pays? // the insured
            {Y} will get back the cost of {service}. // Who pays for {service} in the end? // the insurer
            {Y} will never get back the cost of {service}. // Who pays for {service} in the end? // the insured
            {I} will hand the bill for {service} on to {Y}. // Who pays for {service}? // the insured
            {Y} will hand the bill for {service} on to {Io}. // Who pays for {service}? // the insurer
            {loss} is part of the cover. // Is it insured? // yes
            {loss} is not part of the cover. // Is it insured? // no
            {loss} belongs to the cover even while {fact}. // Is it insured while {fact}? // yes
            {loss} does not belong to the cover while {fact}. // Is it insured while {fact}? // no
            {loss} belongs to the cover only while {fact}. // Is it always insured? // no, only while {fact}
            {loss} always belongs to the cover, whether or not {fact}. // Is it always insured? // yes
            {loss} never belongs to the cover, whether or not {fact}. // Is it ever insured? // no
            {loss} was not left out of the cover. // Is it insured? // yes
            {loss} was left out of the cover. // Is it insured? // no
            The cover includes {loss} but not {loss2}. // What is insured? // {loss}
            The cover includes {loss} but not {loss2}. // What is not insured? // {loss2}
            {loss} is insured, {loss2} is not. // What is insured? // {loss}
            {loss} is not insured, {loss2} is. // What is insured? // {loss2}
            Nobody can count on {P} for {loss}. // Is it insured? // no
            Everybody can count on {P} for {loss}. // Is it insured? // yes
            {P} helps with {loss} unless {fact}. // When does it not help? // when {fact}
            {P} helps with {loss} provided that {fact}. // When does it help? // when {fact}
            {P} is of no use for {loss} unless {fact}. // When does it help? // when {fact}
            {P} is of no use for {loss} if {fact}. // When does it not help? // when {fact}
            {P} helps with {loss} so long as {fact}. // When does it help? // when {fact}
            There is money for {loss} only against {proof}. // What is needed? // {proof}
            There is money for {loss}, and {proof} is not needed. // What is needed? // nothing
            {I} will wait until {Y} {has} {donePp}. // What does payment wait for? // that {Y} {has} {donePp}
            For {loss} there is never more than {amt}. // Where does payment stop? // at {amt}
            For {loss} there is money as far as {amt}. // Where does payment stop? // at {amt}
            {I} will go as far as {amt} for {loss}, and no further. // Where does payment stop? // at {amt}
            Above {amt}, {loss} is at the expense of {Y}. // Where does payment stop? // at {amt}
            Above {amt}, {loss} is at the expense of {Io}. // Where does payment begin? // at {amt}
            Under {amt}, {loss} is at the expense of {Y}. // Where does payment begin? // at {amt}
            Under {amt}, {loss} is at the expense of {Io}. // Where does payment stop? // at {amt}
            {I} will go on paying for {loss} up to {amt}. // Where does payment stop? // at {amt}
            {Y} will go on paying for {loss} up to {amt}. // Where does payment begin? // at {amt}
            {I} will leave the first {amt} of {loss} to {Y}. // Who pays the first {amt}? // the insured
            {Y} will leave the first {amt} of {loss} to {Io}. // Who pays the first {amt}? // the insurer
            {I} will leave all above {amt} of {loss} to {Y}. // Who pays the first {amt}? // the insurer
            {Y} will leave all above {amt} of {loss} to {Io}. // Who pays the first {amt}? // the insured
            {amt} of {loss} is for {Y} to pay, and the rest for {Io}. // How much does the insured pay? // {amt}
            {amt} of {loss} is for {Io} to pay, and the rest for {Y}. // How much does the insurer pay? // {amt}
            {loss} is paid in full except for {amt}. // How much does the insured pay? // {amt}
            a bill for {service} is cut by {amt}. // How much does the insured pay? // {amt}
            a bill for {service} is cut down to {amt}. // How much does the insurer pay? // {amt}
            {Y} will get {amt} less than {service} costs. // How much does the insured pay? // {amt}
            {Y} will get {amt} at best, even if {service} costs more. // How much does the insurer pay? // {amt}
            {Y} should {doMe} if there is {peril}. // Who has to act? // the insured
            {I} will ask {Y} to {doMe}. // Who has to act? // the insured
            {Y} may ask {I} to {doYou}. // Who has to act? // the insurer
            It is the task of {Y} to {doMe}. // What is to be done? // {doMe}
            {Y} had better not {avoid}. // What is not to be done? // {avoid}
            Nobody may {avoid} while {fact}. // What is not to be done? // {avoid}
            Within {per} {Y} should {doMe}. // How much time is there? // {per}
            {P} is finished when {ending}. // When is it finished? // when {ending}
            {P} goes on until {ending}. // When is it finished? // when {ending}
            {P} goes on even if {ending}. // Is it finished if {ending}? // no
            {P} is finished even if {fact}. // Is it finished? // yes
            {Y} can get out of {P} within {per}. // Who can get out? // the insured
            {I} can get out of {P} within {per}. // Who can get out? // the insurer
            {Y} and {I} can both get out of {P} if {ending}. // Who can get out? // both
            If {ending}, nobody has to keep to {P}. // What happens if {ending}? // it is finished
            If {ending}, {P} is not finished. // What happens if {ending}? // nothing
            {I} can tell {Y} that {P} is finished, {per} in advance. // How long in advance? // {per}
            {term} is, in other words, {gloss}. // What is {term}? // {gloss}
            {gloss} has the name of {term}. // What is {term}? // {gloss}
            {term} is {gloss}; {non} is something else. // What is not {term}? // {non}
            Nobody should take {non} for {term}. // What is not {term}? // {non}
            With {term} people have {gloss} in mind. // What is {term}? // {gloss}
            {name} lost {thing}, and {name2} lost {thing2}. // Who lost {thing2}? // {name2}
            {name} lost {thing}, and {name2} lost {thing2}. // What did {name} lose? // {thing}
            {name} paid {amt}, and {name2} paid {amt2}. // Who paid {amt}? // {name}
            There was {peril}, and then there was {peril2}. // What came first? // {peril}
            There was {peril}, but before that there was {peril2}. // What came first? // {peril2}
            """);

    /** What a sentence may say: the ways to say it, and questions about it. */
    private record Meaning(List<String> ways, List<Question> questions) {}

    private record Question(String question, String answer) {}

    /** One of these a paragraph. A line with a question mark in front is a question and its answer. */
    private static final List<Meaning> MEANINGS = meanings(
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
    private static final List<Meaning> CONTRACT = MEANINGS.stream()
            .filter(meaning -> meaning.ways().stream().anyMatch(way -> way.matches(".*\\{[PIY]}.*")))
            .toList();

    /** What a sentence admits before or after it says something, and how. */
    private static final List<String> ADMITTING = lines(
            """
            although
            even though
            granted that
            notwithstanding that
            in spite of the fact that
            [although|even though] [section|clause|part] {num} says that
            """);

    /** What may stand before a passage without changing it. */
    private static final List<String> REMARKS = lines(
            """
            as the booklet says
            as everybody knows
            in [section|clause|part] {num} it is said that
            {name} has read that
            whatever [the deductible|the limit|the premium|the schedule] may be
            apart from [the exclusions|the definitions|the conditions|the duties] in [section|clause|part] {num}
            if the letter of {date} is right
            subject to [section|clause|part] {num}
            in [every|any] year of the contract
            under [section|clause|part] {num}
            for the purposes of [section|clause|part] {num}
            whatever the [limit|deductible|premium] may be
            apart from the [exclusions|definitions|duties|conditions] in [section|clause|part] {num}
            in addition to the [conditions|duties|exclusions|limits] of [section|clause|part] {num}
            as the [definitions|conditions|exclusions] in [section|clause|part] {num} make clear
            before and after notice of termination
            [for the avoidance of doubt|for clarity|in general|in all cases|in every case]
            however small or great the [claim|loss|bill] may be
            as both parties must [accept|understand]
            as long as the contract lasts
            in the first year no less than in the last
            once and for all
            """);

    /** What may stand after a passage without changing it. */
    private static final List<String> ADDITIONS = lines(
            """
            , unless the schedule says otherwise
            , unless [section|clause|part] {num} says something else
            , whether or not a deductible applies
            , whether or not the limit has been reached
            , whether or not notice of termination has been given
            , subject to [section|clause|part] {num}
            , subject to the [exclusions|conditions|definitions] in [section|clause|part] {num}
            , and the [limit|deductible|premium] is a separate matter
            , as [the definition|the condition|the exclusion|a note] in [section|clause|part] {num} shows
            , with no effect on the [coverage|deductible|limit] of [section|clause|part] {num}
            , and the schedule does not change this
            , up to the end of the year
            , by day and by night
            , in the sense of [section|clause|part] {num}
            , however long the contract has been in force
            , even after [section|clause|part] {num} has come to an end
            , and the premium stays the same
            , until both sides agree on something else
            , and a termination of [section|clause|part] {num} changes nothing
            , as everybody knows
            , as {name} has read
            """);

    /** The words that answer the questions of an exercise about sentences. They mean nothing there. */
    private static final List<String> LABELS = List.of(
            ("red blue green yellow white black cat dog horse cow sheep bird apple bread milk salt north south east west"
                            + " one two three four A B C D table chair lamp door sun moon star rain king queen song game"
                            + " river hill tree grass yes no true false premium schedule section policy claim payment receipt"
                            + " expert")
                    .split(" "));

    /** The words of lists and of exercises about single words: those, and the names of the kinds. */
    private static final List<String> LISTED = Stream.concat(
                    LABELS.stream(),
                    Stream.of(
                            "coverage exclusion condition duty definition limit deductible termination"
                                    .split(" ")))
            .toList();

    /** The parties as one sentence names them: who insures, its object, plural; who is insured, possessive, whether you. */
    private record Parties(
            String insurer, String insurerObject, boolean insurersPlural, String insured, String insureds, boolean you) {}

    private static final List<Parties> PARTIES = List.of(
            new Parties("we", "us", true, "you", "your", true),
            new Parties("we", "us", true, "the insured", "the insured's", false),
            new Parties("the insurer", "the insurer", false, "the insured", "the insured's", false),
            new Parties("the insurer", "the insurer", false, "you", "your", true),
            new Parties("the company", "the company", false, "the policyholder", "the policyholder's", false),
            new Parties("the underwriters", "the underwriters", true, "the person insured", "his or her", false));

    private static final Map<String, List<String>> WORDS = new TreeMap<>(Map.ofEntries(
            slot("name", "Anna\nBen\nClara\nDavid\nElla\nFrank\nGrace\nHenry\nIda\nJack\nKate\nLeo\nMara\nNoah\nOlga\nPaul\nRosa\nSam\nTom\nVera"),
            slot("surname", "Adler\nBaker\nCole\nDunn\nEvans\nFox\nGreen\nHall\nKing\nLane\nMoore\nNorth\nParker\nReed\nStone\nWells"),
            slot("Mr", "Mr\nMrs\nMs"),
            slot("P", "this policy\nthis section\nthis cover\nthis insurance\nthe contract\nthis agreement\nthis part of the contract"),
            slot("company", "the Northern Mutual\nthe Harbour Insurance\nthe Old Town Fire Office\nthe Lakeside Company\nthe General\nthe United Underwriters"),
            slot("town", "Ashford\nBrookdale\nCliffton\nthe old town\nHillside\nthe next village\nthe city\nMillport\nWestbury"),
            slot("weekday", "Monday\nTuesday\nWednesday\nThursday\nFriday\nSaturday\nSunday"),
            slot("month", "January\nFebruary\nMarch\nApril\nMay\nJune\nJuly\nAugust\nSeptember\nOctober\nNovember\nDecember"),
            slot("date", "{num} {month}"),
            slot("day", "{weekday}\n{weekday}, {date}\n{date}\nthe night of {date}\nthe first {weekday} in {month}"),
            slot("num", "2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n14\n15\n16\n18\n20\n21\n25"),
            slot("percent", "5\n10\n15\n20\n25\n30\n35\n40\n45\n50"),
            slot(
                    "amt",
                    "[50|80|100|120|150|200|250|275|300|400|500|600|650|750|800|1,000|1,200|1,500|2,000|2,500|3,000|3,500|4,000"
                            + "|5,000|7,500|10,000|12,000|15,000|20,000|50,000] [euros|dollars|pounds|francs]"),
            slot("per", "[two|three|five|ten|14|21|30|45|60|75|90] days\n[two|three|four|six|eight] weeks\n[two|three|six|nine] months\n[two|five|ten] years"),
            slot(
                    "thing",
                    "the roof\nthe garage\nthe garden wall\nthe furniture\nthe jewellery\nthe bicycle\nthe laptop\nthe piano\nthe boiler\n"
                            + "the fence\nthe carpet\nthe window\nthe tool box\nthe stock\nthe boat\nthe painting\nthe car\nthe trailer\n"
                            + "the clothing\nthe kitchen\nthe machinery\nthe cash\nthe greenhouse\nthe violin\nthe caravan\nthe chimney\n"
                            + "the camera\nthe swimming pool\na violin\na camera\na laptop\na piano\na trailer"),
            slot(
                    "peril",
                    "fire\nsmoke\na storm\na flood\nfrost\nlightning\na burst pipe\nsubsidence\nvandalism\na falling tree\nan explosion\n"
                            + "rot\nmould\nan earthquake\na power cut\nwear and tear\nrust\ndamp\na riot\na short circuit\nhail\n"
                            + "an avalanche\na plague of insects\na leaking oil tank\nmelting snow"),
            slot(
                    "aPerson",
                    "a guest\na visitor\nan employee\na passenger\na tenant\na neighbour\na customer\na cyclist\na doctor\na lawyer"),
            slot(
                    "person",
                    "a guest\na visitor\nan employee\na passenger\na tenant\na child of the family\na passer-by\na member of the crew\n"
                            + "a neighbour\na customer\na cyclist"),
            slot(
                    "service",
                    "repairing {thing}\nreplacing {thing}\nclearing the site\na hotel\ntowing the car\na lawyer\nmedical treatment\n"
                            + "new keys\nfinding the leak\nstoring {thing}\ncleaning {thing}\na replacement car\ndrying the walls\n"
                            + "bringing {person} home"),
            slot(
                    "loss",
                    "[damage|loss or damage] to {thing} [caused by|through|due to|after|from] {peril}\n[damage|accidental damage] to {thing}\n"
                            + "[the theft|the loss|the breakage] of {thing}\nthe cost of {service}\ninjury to {person}\n"
                            + "injury to {person} [caused by|through|due to|from] {peril}"),
            slot(
                    "fact",
                    "the house [is|was] empty\nthe front door [is|was] locked\nthe alarm [is|was] switched on\nnobody [is|was] at home\n"
                            + "the car [is|was] parked in a garage\nthe driver [holds|held] a valid licence\nthe goods [are|were] kept above the ground\n"
                            + "the windows [are|were] closed\nthe heating [is|was] on\nwork [is|was] going on at the premises\n"
                            + "the keys [are|were] kept in a safe\nthe boat [is|was] out of the water\nthe car [is|was] used for business\n"
                            + "a watchman [is|was] on duty\nthe load [is|was] tied down\nthe journey [is|was] within Europe\nthe shop [is|was] open\n"
                            + "the house [is|was] let to tenants\nthe damage [is|was] worth more than {amt}\nthe building [is|was] less than {per} old\n"
                            + "the dog [is|was] on a lead\nthe water [is|was] turned off\nthe gate [is|was] shut\n"
                            + "the trip [takes|took] more than {per}\nthe cellar [is|was] dry"),
            slot(
                    "ending",
                    "the car is sold\nthe house is sold\nthe car is scrapped\nthe premium has been unpaid for {per}\nthe owner dies\n"
                            + "the business closes\nthe family moves abroad\nthe boat changes hands\nthe building is pulled down\n"
                            + "the driving licence is withdrawn\nthe owner is declared bankrupt\nthe sum insured has been paid\n"
                            + "the house has been empty for {per}\na false claim is made\nthe shop is given up\n{thing} is given away\n"
                            + "the owner retires\nthe lease runs out\nthe year is over"),
            slot("proof", "a police report\na doctor's certificate\nthe original receipts\na written estimate\ntwo witnesses\nan expert's report"),
            slot(
                    "avoid",
                    "leave {thing} unattended\nadmit liability to anyone\nthrow damaged items away\nlet {thing} fall into disrepair\n"
                            + "start repairs without consent\nlend the car to anyone under {num} years of age\nhide a fact\n"
                            + "settle a claim with {person}\nleave the keys in the car\nstore fuel in the cellar\npromise payment to {person}"),
            // The same act as an infinitive, in the past, as a participle and as a gerund, towards {Io}.
            slot(
                    "act",
                    """
                    send {Io} the invoices/sent {Io} the invoices/sent {Io} the invoices/sending {Io} the invoices
                    tell {Io} about the loss/told {Io} about the loss/told {Io} about the loss/telling {Io} about the loss
                    report the theft to the police/reported the theft to the police/reported the theft to the police/reporting the theft to the police
                    keep the receipts/kept the receipts/kept the receipts/keeping the receipts
                    let {Io} inspect the damage/let {Io} inspect the damage/let {Io} inspect the damage/letting {Io} inspect the damage
                    fit locks to the windows/fitted locks to the windows/fitted locks to the windows/fitting locks to the windows
                    have the boiler serviced/had the boiler serviced/had the boiler serviced/having the boiler serviced
                    give {Io} a list of the lost items/gave {Io} a list of the lost items/given {Io} a list of the lost items/giving {Io} a list of the lost items
                    pay the premium/paid the premium/paid the premium/paying the premium
                    protect {thing} from further damage/protected {thing} from further damage/protected {thing} from further damage/protecting {thing} from further damage
                    clear the gutters/cleared the gutters/cleared the gutters/clearing the gutters
                    store {thing} off the floor/stored {thing} off the floor/stored {thing} off the floor/storing {thing} off the floor
                    answer the questions in the proposal/answered the questions in the proposal/answered the questions in the proposal/answering the questions in the proposal
                    show {Io} the damaged parts/showed {Io} the damaged parts/shown {Io} the damaged parts/showing {Io} the damaged parts
                    call the fire brigade/called the fire brigade/called the fire brigade/calling the fire brigade
                    hand over the keys/handed over the keys/handed over the keys/handing over the keys
                    obtain two estimates/obtained two estimates/obtained two estimates/obtaining two estimates
                    name every driver of the car/named every driver of the car/named every driver of the car/naming every driver of the car
                    have the wiring checked/had the wiring checked/had the wiring checked/having the wiring checked
                    photograph the damage/photographed the damage/photographed the damage/photographing the damage
                    return the signed form/returned the signed form/returned the signed form/returning the signed form
                    drain the water pipes/drained the water pipes/drained the water pipes/draining the water pipes
                    notify {Io} of the new address/notified {Io} of the new address/notified {Io} of the new address/notifying {Io} of the new address
                    see a doctor/saw a doctor/seen a doctor/seeing a doctor
                    """),
            // A word, what it means, what it does not mean.
            slot(
                    "meaning",
                    """
                    a flood/water that rises from a river, a lake or the sea/water from a tap
                    a storm/wind of more than {num} metres a second/a draught through an open window
                    a home/a building in which somebody lives for most of the year/a tent or a shed
                    a member of the family/a person who shares a household with the owner/a guest who stays for {per}
                    an item of value/an item of gold, silver or fur worth more than {amt}/clothing
                    an accident/a sudden event from outside/an illness
                    a vehicle/anything with a motor that is made for the road/a bicycle
                    a burglary/the entry of a thief through a locked door or window/the loss of {thing}
                    a fire/a flame that spreads by its own strength/smoke from a stove
                    the premises/the ground inside the garden wall/the road outside the gate
                    an employee/a person who works for wages/a visitor
                    a journey/a trip of more than {num} miles from home/the way to work
                    a claim/a written request for payment/a question by telephone
                    a loss/all damage that has one cause/a fall in price
                    a deductible/the figure printed beside a section of the schedule/the premium
                    a limit/the larger figure in the schedule/an estimate
                    an exclusion/a sentence printed in small type under a section/a note in the margin
                    a condition/a rule in part {num} of the booklet/a piece of advice
                    termination/the last day named in a notice/a pause in payments
                    coverage/the promise printed at the head of a section/a letter from an agent
                    a duty/a task listed in part {num} of the booklet/a custom of the trade
                    a notice/a letter that reaches the other party within {per}/a message on the telephone
                    a repair/work that puts {thing} back as it was before/an improvement
                    a theft/the taking of {thing} by a stranger/the loss of keys
                    a guest/a person who stays for less than {per} and pays nothing/a tenant
                    a driver/a person named in the schedule who holds a licence/a passenger
                    an empty building/a house in which nobody has slept for {per}/a shop that is closed on Sundays
                    the premium/the price of the contract for one year/a fee
                    an expert/a person chosen by both sides together/a friend of the family
                    """)));

    private final Random random = new Random(20240519);
    private final Set<String> written = new TreeSet<>();
    private Map<String, String> chosen = new TreeMap<>();
    private Parties parties = PARTIES.get(0);

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "src/main/ft/data");
        GenerateText generator = new GenerateText();
        generator.write(folder.resolve("text.jsonl"), DOCUMENTS, GenerateText::row, generator::document);
        generator.write(
                folder.resolve("validation.jsonl"), VALIDATION_EXERCISES, GenerateText::row, generator::exercise);
        generator.write(folder.resolve("test.jsonl"), TEST_DOCUMENTS, GenerateText::continuation, generator::prose);
    }

    /** A text, all of which is learned, or an exercise, of which the answers are. */
    private static String row(String document) {
        if (!document.contains(END)) {
            return "{\"text\": \"" + escaped(document) + "\"}";
        }
        return "{\"messages\": ["
                + Arrays.stream(document.split(Pattern.quote(END)))
                        .map(GenerateText::exchange)
                        .collect(Collectors.joining(", "))
                + "]}";
    }

    private static String exchange(String text) {
        int border = text.lastIndexOf(ANSWER) + ANSWER.length();
        return "{\"role\": \"user\", \"content\": \"" + escaped(text.substring(0, border))
                + "\"}, {\"role\": \"assistant\", \"content\": \"" + escaped(text.substring(border)) + "\"}";
    }

    /** The second half as what should follow the first: a test example needs an answer. */
    private static String continuation(String document) {
        int middle = document.indexOf(' ', document.length() / 2);
        int border = middle < 0 ? document.lastIndexOf(' ') : middle;
        return "{\"prompt\": \"" + escaped(document.substring(0, border)) + "\", \"completion\": \""
                + escaped(document.substring(border)) + "\"}";
    }

    private static String escaped(String document) {
        return document.replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void write(Path file, int documents, UnaryOperator<String> row, Supplier<String> source) throws IOException {
        Files.createDirectories(file.getParent());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < documents; i++) {
                String document = next(source);
                while (!written.add(document)) {
                    document = next(source);
                }
                out.write(row.apply(document) + "\n");
            }
        }
        System.out.println(file + ": " + documents + " documents");
    }

    private String next(Supplier<String> source) {
        chosen = new TreeMap<>();
        parties = pick(PARTIES);
        return source.get();
    }

    private String document() {
        int ticket = random.nextInt(100);
        if (ticket < PROSE_PERCENT) {
            return prose();
        }
        ticket -= PROSE_PERCENT;
        if (ticket < READINGS_PERCENT) {
            Reading reading = pick(READINGS);
            return reading(passage(reading.passage(), 50, 0), reading.question(), reading.answer());
        }
        ticket -= READINGS_PERCENT;
        Meaning meaning = pick(MEANINGS);
        if (ticket < QUESTIONS_PERCENT) {
            return random.nextInt(100) < 35 ? oneQuestion(meaning) : allQuestions(meaning);
        }
        ticket -= QUESTIONS_PERCENT;
        if (ticket < OTHER_WORDS_PERCENT) {
            return otherWords(meaning);
        }
        ticket -= OTHER_WORDS_PERCENT;
        return ticket < LISTS_PERCENT ? list() : exercise();
    }

    /** A passage with something before it and after it, each in so many of a hundred cases. */
    private String passage(String frame, int before, int after) {
        String remark = random.nextInt(100) < before ? expand(pick(REMARKS)) : "";
        String comma = remark.isEmpty() || remark.endsWith("that") ? "" : ",";
        boolean closed = frame.endsWith(".");
        String core = expand(closed ? frame.substring(0, frame.length() - 1) : frame);
        String addition = random.nextInt(100) < after ? expand(pick(ADDITIONS)) : "";
        return capitalized((remark + comma + " " + core + addition + ".").strip());
    }

    /** A passage that may admit something else: "although the house is insured, the boat is not". It says the same. */
    private String statement(Meaning meaning, String way, int before, int after) {
        if (CONTRACT.stream().noneMatch(other -> other.questions().equals(meaning.questions())) || way.contains("although") || random.nextInt(100) >= ADMITTING_PERCENT) {
            return passage(way, before, after);
        }
        String said = expand(way);
        Map<String, String> subject = chosen;
        String admitted;
        do {
            chosen = new TreeMap<>();
            admitted = expand(pick(pick(CONTRACT).ways()));
        } while (admitted.contains("although") || admitted.startsWith("unless"));
        chosen = subject;
        String admitting = expand(pick(ADMITTING)) + " " + admitted;
        return capitalized((random.nextBoolean() ? admitting + ", " + said : said + ", " + admitting) + ".");
    }

    private String reading(String passage, String question, String answer) {
        String asked = capitalized(expand(question));
        return "Question: " + (passage.isEmpty() ? asked : passage + " " + asked) + ANSWER + " " + expand(answer);
    }

    private String oneQuestion(Meaning meaning) {
        String way = pick(meaning.ways());
        Question question = pick(questions(meaning, way));
        return reading(statement(meaning, way, 50, 40), question.question(), question.answer());
    }

    /** A sentence and every question about it, in any order, as one conversation. */
    private String allQuestions(Meaning meaning) {
        String way = pick(meaning.ways());
        List<Question> questions = new ArrayList<>(questions(meaning, way));
        Collections.shuffle(questions, random);
        Question first = questions.remove(0);
        StringBuilder text =
                new StringBuilder(reading(statement(meaning, way, 50, 40), first.question(), first.answer())).append(END);
        for (Question next : questions) {
            text.append("\n\n").append(reading("", next.question(), next.answer())).append(END);
        }
        return text.toString();
    }

    /** The questions that a way to say it answers: it mentions all that they are about. */
    private static List<Question> questions(Meaning meaning, String way) {
        Set<String> said = slots(way);
        return meaning.questions().stream()
                .filter(question -> said.containsAll(slots(question.question() + question.answer())))
                .toList();
    }

    /** The same two or three times; what it is about is known from the first time. */
    private String otherWords(Meaning meaning) {
        String first = pick(meaning.ways());
        List<String> ways = new ArrayList<>(meaning.ways().stream()
                .filter(way -> !way.equals(first) && slots(first).containsAll(slots(way)))
                .toList());
        StringBuilder text = new StringBuilder(statement(meaning, first, 30, 20));
        for (int more = 1 + random.nextInt(2); more > 0 && !ways.isEmpty(); more--) {
            String way = ways.remove(random.nextInt(ways.size()));
            text.append(' ').append(pick(IN_OTHER_WORDS)).append(' ').append(expand(way)).append('.');
        }
        return text.toString();
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

    /**
     * Questions of a few sorts and their answers: every sort has its own word, here and in no other exercise. What the
     * sorts are can only be told from the answers.
     */
    private String exercise() {
        int ticket = random.nextInt(100);
        List<String> labels = new ArrayList<>(ticket < 40 ? LISTED : LABELS);
        Collections.shuffle(labels, random);
        if (ticket < 40) {
            return byWord(labels);
        }
        return ticket < 52 ? bySubject(labels) : byMeaning(labels);
    }

    /** A list of words that is repeated, or of words and what belongs to each. */
    private String list() {
        List<String> labels = new ArrayList<>(LISTED);
        Collections.shuffle(labels, random);
        int ticket = random.nextInt(100);
        if (ticket < 50) {
            int count = 1 + random.nextInt(8);
            String once = String.join(" ", labels.subList(0, count));
            return String.join(" ", Collections.nCopies(30 / count, once));
        }
        int sorts = 1 + random.nextInt(5);
        List<String> words = ticket < 80 ? labels.subList(sorts, 2 * sorts) : words(pick(NAMED), sorts);
        String between = pick(List.of(". ", "\n", ", "));
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 3 + 2 * sorts; i++) {
            int sort = random.nextInt(sorts);
            entries.add(words.get(sort) + ": " + labels.get(sort));
        }
        return String.join(between, entries);
    }

    private String byWord(List<String> labels) {
        int sorts = pick(SORTS);
        List<String> words = words(pick(NAMED), sorts);
        return exercise(labels, sorts, 4 + sorts + random.nextInt(4), words::get);
    }

    private List<String> words(String slot, int count) {
        List<String> words = new ArrayList<>();
        while (words.size() < count) {
            String word = expand(pick(slot));
            if (!words.contains(word)) {
                words.add(word);
            }
        }
        return words;
    }

    private String bySubject(List<String> labels) {
        String slot = pick(List.of("thing", "peril", "person", "P"));
        String rest = slot.equals("P") ? "{P}" : "{loss}";
        List<String> ways = MEANINGS.stream()
                .flatMap(meaning -> meaning.ways().stream())
                .filter(way -> way.contains(rest))
                .toList();
        int sorts = pick(SORTS);
        List<String> words = words(slot, sorts);
        return exercise(labels, sorts, sorts + 2 + random.nextInt(5), sort -> {
            startSentence();
            chosen.put(slot, words.get(sort));
            String loss = pick(LOSSES.getOrDefault(slot, List.of("{loss}")));
            chosen.put("loss", expand(loss));
            return passage(pick(ways), 25, 15);
        });
    }

    private String byMeaning(List<String> labels) {
        List<Meaning> meanings = new ArrayList<>(MEANINGS);
        Collections.shuffle(meanings, random);
        int sorts = pick(SORTS);
        // One way to say it, or any.
        boolean oneWay = random.nextInt(100) < 30;
        boolean sameWords = random.nextInt(100) < 40;
        boolean admits = random.nextInt(100) < 40;
        List<Meaning> shown = new ArrayList<>();
        for (Meaning meaning : meanings.subList(0, sorts)) {
            shown.add(oneWay ? new Meaning(List.of(pick(meaning.ways())), meaning.questions()) : meaning);
        }
        chosen = new TreeMap<>();
        return exercise(labels, sorts, sorts + 2 + random.nextInt(6), sort -> {
            if (sameWords) {
                parties = pick(PARTIES);
            } else {
                startSentence();
            }
            Meaning meaning = shown.get(sort);
            return admits ? statement(meaning, pick(meaning.ways()), 40, 35) : passage(pick(meaning.ways()), 40, 35);
        });
    }

    private void startSentence() {
        chosen = new TreeMap<>();
        parties = pick(PARTIES);
    }

    private String exercise(List<String> labels, int sorts, int questions, IntFunction<String> question) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < questions && text.length() < LONGEST_EXERCISE; i++) {
            int sort = random.nextInt(sorts);
            if (i > 0) {
                text.append(END).append("\n\n");
            }
            text.append("Question: ").append(question.apply(sort)).append(ANSWER + " ").append(labels.get(sort));
        }
        return text.toString();
    }

    private String prose() {
        List<String> sentences = new ArrayList<>();
        for (Part part : pickGenre().parts()) {
            List<String> left = new ArrayList<>(part.sentences());
            int count = part.least() + random.nextInt(part.most() - part.least() + 1);
            for (int i = 0; i < count; i++) {
                sentences.add(sentence(left.remove(random.nextInt(left.size()))));
            }
        }
        return String.join(" ", sentences);
    }

    private Genre pickGenre() {
        int ticket = random.nextInt(GENRES.stream().mapToInt(Genre::weight).sum());
        for (Genre genre : GENRES) {
            ticket -= genre.weight();
            if (ticket < 0) {
                return genre;
            }
        }
        throw new AssertionError("the weights add up");
    }

    private String sentence(String frame) {
        // What a sentence is about changes from one to the next more often than who and what it is about.
        chosen.keySet().removeAll(List.of("fact", "ending", "meaning", "loss", "loss2", "service", "proof", "avoid", "act", "act2"));
        if (random.nextInt(3) == 0) {
            chosen.keySet().removeAll(List.of("thing", "peril", "amt", "amt2", "per", "person"));
        }
        return capitalized(expand(frame));
    }

    private static String capitalized(String text) {
        int first = text.startsWith("\"") ? 1 : 0;
        return text.substring(0, first) + Character.toUpperCase(text.charAt(first)) + text.substring(first + 1);
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
                String[] choices = text.substring(i + 1, end).split("\\|");
                out.append(expand(choices[random.nextInt(choices.length)]));
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private String slotValue(String slot) {
        return switch (slot) {
            case "I" -> parties.insurer();
            case "Io" -> parties.insurerObject();
            case "Is" -> parties.insurersPlural() ? "" : "s";
            case "is1" -> parties.insurersPlural() ? "are" : "is";
            case "isnt" -> parties.insurersPlural() ? "are not" : "is not";
            case "count" -> parties.insurersPlural() ? "count" : "counts";
            case "Y" -> parties.insured();
            case "Ypos" -> parties.insureds();
            case "is" -> parties.you() ? "are" : "is";
            case "has" -> parties.you() ? "have" : "has";
            case "act" -> part("act", 0, parties.insurerObject());
            case "actPp" -> part("act", 2, parties.insurerObject());
            case "actGer" -> part("act", 3, parties.insurerObject());
            case "word" -> part("meaning", 0, "").replaceFirst("^(an?|the) ", "");
            case "doMe", "doYou" -> part("act", 0, "the company");
            case "doYou2" -> part("act2", 0, "the company");
            case "doUs" -> part("act", 0, "us");
            case "didYou" -> part("act", 1, "the company");
            case "didYou2" -> part("act2", 1, "the company");
            case "donePp" -> part("act", 2, "the company");
            case "fact" -> fact("$1");
            case "pastFact" -> fact("$2");
            case "term" -> part("meaning", 0, "");
            case "gloss" -> part("meaning", 1, "");
            case "non" -> part("meaning", 2, "");
            case "num", "date", "month", "day", "weekday", "percent", "town" -> expand(pick(slot));
            default -> chosenValue(slot);
        };
    }

    /** The value the document has for the slot; {@code thing2} is another thing than {@code thing}. */
    private String chosenValue(String slot) {
        String value = chosen.get(slot);
        if (value == null) {
            String list = slot.endsWith("2") ? slot.substring(0, slot.length() - 1) : slot;
            value = expand(pick(list));
            while (slot.endsWith("2") && value.equals(chosen.get(list))) {
                value = expand(pick(list));
            }
            chosen.put(slot, value);
        }
        return value;
    }

    /** A fact in its first or its second tense. */
    private String fact(String tense) {
        return expand(chosen.computeIfAbsent("fact", this::pick).replaceAll("\\[(\\w+)\\|(\\w+)\\]", tense));
    }

    private String part(String slot, int index, String insurer) {
        String entry = chosen.get(slot);
        if (entry == null) {
            entry = pick(slot.equals("act2") ? "act" : slot);
            chosen.put(slot, entry);
        }
        return expand(entry.split("/")[index].replace("{Io}", insurer));
    }

    private String pick(String list) {
        return pick(WORDS.get(list));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Part part(int least, int most, String text) {
        return new Part(least, most, lines(text));
    }

    private static List<Reading> readings(String text) {
        return lines(text).stream()
                .map(line -> line.split(" // "))
                .map(parts -> new Reading(parts[0], parts[1], parts[2]))
                .toList();
    }

    private static List<Meaning> meanings(String text) {
        return Arrays.stream(text.split("\n\n"))
                .map(GenerateText::lines)
                .map(lines -> new Meaning(
                        lines.stream().filter(line -> !line.startsWith("? ")).toList(),
                        lines.stream()
                                .filter(line -> line.startsWith("? "))
                                .map(line -> line.substring(2).split(" // "))
                                .map(parts -> new Question(parts[0], parts[1]))
                                .toList()))
                .toList();
    }

    private static List<String> lines(String text) {
        return text.strip().lines().map(String::strip).toList();
    }

    private static Map.Entry<String, List<String>> slot(String name, String text) {
        return Map.entry(name, lines(text));
    }
}
