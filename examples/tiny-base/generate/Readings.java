import java.util.List;

/** Passages, each with a question about it and its answer. */
final class Readings {
    /** A passage, a question about it and its answer. */
    record Reading(String passage, String question, String answer) {}

    static final List<Reading> READINGS = Words.lines(
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
            """)
            .stream()
            .map(line -> line.split(" // "))
            .map(parts -> new Reading(parts[0], parts[1], parts[2]))
            .toList();

    private Readings() {}
}
