import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The words that fill slots, and what may stand around a sentence. */
final class Words {
    static final List<String> IN_OTHER_WORDS =
            List.of("In other words,", "That is to say,", "To put it another way,", "This means that", "So");

    /** Losses of which a word is the subject. */
    static final Map<String, List<String>> LOSSES = Map.of(
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

    /** What a sentence admits before or after it says something, and how. */
    static final List<String> ADMITTING = lines(
            """
            although
            even though
            granted that
            notwithstanding that
            in spite of the fact that
            [although|even though] [section|clause|part] {num} says that
            """);

    /** What may stand before a passage without changing it. */
    static final List<String> REMARKS = lines(
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
    static final List<String> ADDITIONS = lines(
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
    static final List<String> LABELS = List.of(
            ("red blue green yellow white black cat dog horse cow sheep bird apple bread milk salt north south east west"
                            + " one two three four A B C D table chair lamp door sun moon star rain king queen song game"
                            + " river hill tree grass yes no true false premium schedule section policy claim payment receipt"
                            + " expert")
                    .split(" "));

    /** The words of lists and of exercises about single words: those, and the names of the kinds. */
    static final List<String> LISTED = Stream.concat(
                    LABELS.stream(),
                    Stream.of(
                            "coverage exclusion condition duty definition limit deductible termination"
                                    .split(" ")))
            .toList();

    /** The parties as one sentence names them: who insures, its object, plural; who is insured, possessive, whether you. */
    record Parties(
            String insurer, String insurerObject, boolean insurersPlural, String insured, String insureds, boolean you) {}

    static final List<Parties> PARTIES = List.of(
            new Parties("we", "us", true, "you", "your", true),
            new Parties("we", "us", true, "the insured", "the insured's", false),
            new Parties("the insurer", "the insurer", false, "the insured", "the insured's", false),
            new Parties("the insurer", "the insurer", false, "you", "your", true),
            new Parties("the company", "the company", false, "the policyholder", "the policyholder's", false),
            new Parties("the underwriters", "the underwriters", true, "the person insured", "his or her", false));

    static final Map<String, List<String>> LISTS = new TreeMap<>(Map.ofEntries(
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

    private Words() {}

    static List<String> lines(String text) {
        return text.strip().lines().map(String::strip).toList();
    }

    private static Map.Entry<String, List<String>> slot(String name, String text) {
        return Map.entry(name, lines(text));
    }
}
