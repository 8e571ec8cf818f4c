import java.util.List;
import java.util.Map;

/** What fills the slots of {@link Frames}, in the same notation, and how clauses name the parties. */
final class ClauseWords {
    private ClauseWords() {}

    static final Map<String, List<String>> WORDS = Map.ofEntries(
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
    record Parties(
            String insurer, String insurerObject, boolean insurersPlural, String insured, String insureds, boolean you) {}

    static final List<Parties> PARTIES = List.of(
            new Parties("we", "us", true, "you", "your", true),
            new Parties("we", "us", true, "the insured", "the insured's", false),
            new Parties("the insurer", "the insurer", false, "the insured", "the insured's", false),
            new Parties("the insurer", "the insurer", false, "you", "your", true),
            new Parties("the company", "the company", false, "the policyholder", "the policyholder's", false),
            new Parties("the underwriters", "the underwriters", true, "the person insured", "his or her", false));

    private static Map.Entry<String, List<String>> slot(String name, String text) {
        return Map.entry(name, Frames.lines(text));
    }
}
