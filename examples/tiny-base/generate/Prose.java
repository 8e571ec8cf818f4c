import java.util.List;
import java.util.Random;

/** Letters, stories, conversations and articles: what their sentences are, and in which order. */
final class Prose {
    /** A document: so many sentences of the first list, then of the second, and so on, in the order of the lists. */
    private record Genre(int weight, List<Part> parts) {}

    record Part(int least, int most, List<String> sentences) {}

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

    private Prose() {}

    /** The parts of a document, drawn by the weights of the genres. */
    static List<Part> draw(Random random) {
        int ticket = random.nextInt(GENRES.stream().mapToInt(Genre::weight).sum());
        for (Genre genre : GENRES) {
            ticket -= genre.weight();
            if (ticket < 0) {
                return genre.parts();
            }
        }
        throw new AssertionError("the weights add up");
    }

    private static Part part(int least, int most, String text) {
        return new Part(least, most, Words.lines(text));
    }
}
