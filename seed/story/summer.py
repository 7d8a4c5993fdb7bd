"""May to July 2024: use restrictions, exact reproduction, synthetic data, and a ballot nobody came to."""

from seed.telling import Balloted, Event, add, propose, re, reword, say

EVENTS: list[Event] = [
    propose(
        "reproduce-exactly", "2024-05-02 09:00", "carmen", "Ask for exact reproduction",
        """If skill is measured by *equivalent in substance*, anything passes with a good lawyer. Ask for the numbers: whoever
        follows the information gets the same parameters, within a tolerance that the makers state.""",
        reword("PF-DATA", """**Data information**: enough detail about the data used in training that a person skilled in the
               field could derive the same parameters from the same data, within a tolerance that the makers state."""),
        seconds=(("+1d", "sven"),),
        withdrawn=("2024-05-21 08:00", """Haruto's numbers persuaded me. What I want is a statement of spread, and that belongs in a
                   model card; I'll propose it there."""),
    ),
    say(
        "2024-05-02 12:15", "haruto", "technical", "p:reproduce-exactly",
        """We tried. Same code, same data, same machine, two runs: the parameters share not one digit beyond the third
        place, and the forecasts are equally good. Parallel sums are not associative; that is physics and no
        dishonesty.""",
        re("+2h", "carmen", """*Within a tolerance that the makers state.*"""),
        re("+5h", "haruto", """Then I state a tolerance that admits anything. The spread of forecasts can be bounded; the spread of
           parameters can't be, usefully."""),
        re("+1d", "mei", """Deterministic kernels exist, and our training was a third slower with them. For small models, please
           do; as a condition, please don't."""),
        re("+2d", "ingrid", """I'd be happy with *the same code on the same data*. What comes out may differ; what went in should not."""),
    ),
    say(
        "2024-05-06 10:00", "leilani", "general", "WHY",
        """Aloha from five small schools. *Reuse without negotiation* is the gain that we can count: last year we spent more
        hours on asking than on teaching with it.""",
        re("+3h", "hana", """The same hours here. I'd frame that sentence.""", kind="support"),
        quote="reuse without negotiation",
    ),
    say(
        "2024-05-07 15:40", "ewan", "question", "F-USE",
        """I buy a fish-counting model whose terms forbid *unlawful surveillance*. I don't surveil anybody. Is it Open
        Source or isn't it?""",
        re("+1h", "hamish", """It isn't. A limit on the field of use fails the first freedom, also a limit which you would never
           meet. You may still buy it."""),
        re("+2h", "ewan", """So good people with good limits are out, and a careless person without any is in?""", kind="question"),
        re("+4h", "hamish", """Out of the *name*. I review such terms for a living. The BigScience OpenRAIL-M licence of 2022 lists thirteen
           restrictions, and its users have to pass them on for ever. I respect the intention; I still can't
           call that free for any end."""),
        re("+1d", "victoria", """From an ombuds office: nobody has ever brought me a case that such a clause prevented. Plenty that
           a law did."""),
        re("+1d8h", "khadija", """وماذا عن الضعفاء؟ And what of those too weak to use the law? I ask without an answer of my own."""),
    ),
    propose(
        "high-risk-limits", "2024-05-14 11:30", "petra", "Allow limits for high-risk uses",
        """Tenants in my city are scored by a system that anybody may use to any end, for so its licence says. Let terms
        exclude uses that the law of the place counts as high risk, unless the user accepts the duties of that law. No
        list of our own, no morals: a pointer to public law.""",
        reword("F-USE", """**Use** the system to any end of their own choosing and with nobody's leave, save that the terms may
               exclude uses which the law of the place treats as high risk."""),
        seconds=(("+2h", "iris"), ("+1d", "naledi"), ("+1d", "adaeze")),
    ),
    say(
        "2024-05-14 16:00", "rafael", "objection", "p:high-risk-limits",
        """*The law of the place* includes places where teaching a language, or counting votes, is high risk. We would be
        writing the censor's clause for him.""",
        re("+1h", "petra", """The censor doesn't wait for our clause."""),
        re("+3h", "voahangy", """He doesn't, but he'd be pleased to cite it. Our radio has been *high risk* twice."""),
        re("+1d", "adaeze", """I seconded because the question should be voted on. I am not sure how I'll vote."""),
        re("+1d5h", "wen", """Consider also who is bound. A licence binds those who accept it. Those you fear will train their own, or
           ignore it.""", kind="technical"),
        re("+2d", "naledi", """They don't ignore procurement. A platform that lost the tender because of its terms would change the
           scoring. That is all the leverage we've ever had."""),
        re("+3d", "jeanphilippe", """As for leverage: terms with a limit on *who* may use have entered the market too. The Llama 2 licence asks
           anybody above seven hundred million monthly users for a separate grant. If limits are welcome, these
           will come first, and not Petra's."""),
    ),
    say(
        "2024-05-17 09:50", "aisha", "general", "p:high-risk-limits",
        """A deployer's view: we run a help desk for people who apply for benefits, and in our country that is high risk.
        Under this proposal I may not use *any* system whose terms take the option, though I fulfil every duty.""",
        re("+4h", "petra", """*Unless the user accepts the duties* stood in my rationale and got lost in the clause. You are right;
           that is a fault in my drafting.""", kind="editorial"),
    ),
    Balloted(
        "high-risk-limits", "2024-05-20 12:00", "2024-06-03 12:00", "ana", "two_thirds",
        "May the terms exclude uses that the law of the place treats as high risk?", (11, 33, 4),
        (
            ("petra", "yes", "For those who are scored and never asked."),
            ("naledi", "yes", "It's the only lever within our reach."),
            ("iris", "yes", "Freedom for whom?"),
            ("rafael", "no", "Censors have laws, too."),
            ("voahangy", "no", "We have been high risk."),
            ("aisha", "no", "As drafted it shuts out the careful."),
            ("hamish", "no", "A field of use is a field of use."),
            ("ewan", "no", "I came to ask and was persuaded."),
            ("adaeze", "abstain", "I seconded in order to hear it argued, and it was argued well."),
        ),
    ),
    say(
        "2024-06-03 13:20", "petra", "general", "b:high-risk-limits",
        """Eleven. I had counted on fifteen. Thank you for an argument in which nobody told me that my tenants don't
        exist.""",
        re("+2h", "voahangy", """They exist. Write to me about how they organise; our listeners are scored as well."""),
        re("+1d", "manu", """He waka eke noa. Even those who voted no are in the same canoe."""),
    ),
    propose(
        "synthetic-exempt", "2024-06-10 10:00", "oksana", "Say what holds for generated data",
        """Half of what new models learn from was put out by other models. Then *where the data came from* is a program and
        a prompt. I propose that for generated data the generator, its version and the prompts take the place of the
        account of origin.""",
        add("pf-data-syn", """For data that a system has generated, the information names the generator and its version and gives
            the instructions by which the data was made.""", kind="item", after="pf-data-eg", beside="pf-data-eg"),
        seconds=(("+1d", "mei"),),
        withdrawn=("2024-07-02 12:00", """Withdrawn for now. The group wants to finish before it begins anything new, and the hard case, a
                   generator that may not be named, deserves more than a line in summer."""),
    ),
    say(
        "2024-06-10 14:30", "thiru", "technical", "p:synthetic-exempt",
        """And the generator's own training data? If A is closed and B learned from A's output, then B's information ends at a
        closed door. Is B open?""",
        re("+2h", "oksana", """B's makers can't open A's door. They can say that it is there."""),
        re("+1d", "anneli", """Then openness can be laundered in one step: train A on whatever you like, and publish B."""),
        re("+1d2h", "carmen", """That sentence should be read again in two years.""", kind="support"),
        re("+2d", "olu", """Some terms forbid the step in any case: the Llama 2 licence doesn't allow its outputs to improve other
           language models."""),
        re("+3d", "siewling", """Which a buyer can't see from B unless B says so. An argument *for* the proposal."""),
    ),
    propose(
        "name-licences", "2024-07-08 09:30", "sunita", "Name acceptable licences by identifier",
        """The table says *approved Open Source licence* and *terms that meet the definition*. A reader in a small country
        should not have to know who approves. Let the table's note point to a list of identifiers that the group keeps.""",
        reword("chk-note", """The rows follow a published framework that sorts the components of a model by how complete and how
               open they are. A list of licence identifiers that satisfy each kind of row is kept beside it."""),
        seconds=(("+1d", "leilani"), ("+2d", "wen")),
    ),
    say(
        "2024-07-09 08:40", "bruno", "technical", "p:name-licences",
        """A list has to be kept. The framework's own list accepted, for data, an agreement that limits use to computing; lists
        age, and nobody notices.""",
        re("+6h", "sunita", """A list that ages can be corrected. A reader who doesn't know can't be."""),
        re("+1d", "otto", """Most of you are on holiday. Is this the month to ask?""", kind="question"),
    ),
    Balloted(
        "name-licences", "2024-07-15 12:00", "2024-07-29 12:00", "tomasz", "two_thirds",
        "Shall a list of licence identifiers be kept beside the table?", (16, 4, 2),
        (
            ("sunita", "yes", "A reader should not need to know the right people."),
            ("leilani", "yes", "We are those readers."),
            ("bruno", "no", "Lists age, and this one would have no keeper."),
        ),
    ),
    say(
        "2024-07-29 12:30", "tomasz", "general", "b:name-licences",
        """Sixteen to four, and not carried: twenty-two of fifty-seven voted, and the card asks for half. The chairs should not
        have opened it in July. Sunita may bring it back whenever she likes; nothing has been decided about its
        substance.""",
        re("+3h", "sunita", """I'll bring it back when there is somebody to keep the list."""),
        re("+1d", "ewan", """I was at sea. Literally."""),
    ),
    say(
        "2024-07-16 11:10", "marek", "question", "pf-code-eg",
        """In a device file I need the version of every library. Does *supporting libraries* mean their names or their
        exact versions?""",
        re("+2h", "pieter", """Exact versions, or else nothing runs after a year. I'd read it so, and it could say so.""",
           kind="technical"),
        re("+1d", "yuki", """Noted: arguments, settings and versions, for the next round on the code clause.""", kind="editorial"),
    ),
    say(
        "2024-07-18 13:00", "delroy", "general", "PF-DATA",
        """A session player's question. My bass line is in a data set under somebody else's name. *Where they came from* will
        name the label. Will it ever name the players?""",
        re("+5h", "mira", """I've asked that in three threads. Not under the present words."""),
        re("+1d", "joaquin", """Our archive records who spoke, who recorded, and who may hear. Three columns. It is less work than people
           say."""),
        re("+1d4h", "helga", """And for names of persons there's a duty the other way. A list can be a harm as well. Three columns, and
           the third decides.""", kind="technical"),
    ),
]
