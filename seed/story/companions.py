"""August 2024: the checklist moves out beside the text, and the parameters are called weights."""

from seed.telling import Balloted, Event, add, propose, re, reword, say

EVENTS: list[Event] = [
    propose(
        "any-of-four", "2024-07-30 09:00", "zanele", "One of four documents is enough",
        """Trials of the table on thirteen systems showed that five required documents sort nobody: whoever has one
        has all, under other names. I propose what readers look for: the data sets, or else a research paper, or a technical
        report, or a data card, in that order of worth. The five rows go with the next draft.""",
        add("chk-any", version="0.0.9", kind="paragraph", after="chk-note", beside="chk-note"),
        seconds=(("+2h", "pieter"), ("+1d", "fatou"), ("+2d", "minjae")),
    ),
    say(
        "2024-07-30 15:20", "sven", "objection", "p:any-of-four",
        """A data card of half a page now stands for everything that ballot 8 asked for. I audit systems: the card is where
        the silence begins. Remedy: *at least one, with what the five rows ask for in it*.""",
        re("+2h", "zanele", """The clause on data information still holds, and that one is the condition. The table only helps to find
           it."""),
        re("+1d", "sven", """Then say that the definition prevails where the two differ."""),
        re("+1d4h", "zanele", """It will stand in the table's note. Good catch.""", kind="editorial"),
        re("+2d", "farah", """With that sentence I can support it. Without, a supplier would wave the card.""", kind="support"),
    ),
    say(
        "2024-08-01 10:10", "grzegorz", "question", "p:any-of-four",
        """Why *in falling order of importance*, if any one is enough? Either order matters or it doesn't.""",
        re("+3h", "carmen", """It matters to a reader and not to the result. I'd strike it; a condition should say only what it needs."""),
        re("+1d", "zanele", """It's advice, and should perhaps be a note. I'm leaving it, lest people think a card is as good as the data."""),
    ),
    propose(
        "weights-again", "2024-08-01 14:00", "jeanphilippe", "Weights, this time with the other parameters named",
        """Ballot 6 ended in a tie over one word. The strongest reason against it was that weights are but one kind of parameter.
        So let the item be called what people call it, and let the clause name the rest. Terms are no longer *to be
        settled*: approved for Open Source, like everything else.""",
        reword("PF-PARAM", version="0.0.9"),
        seconds=(("+1h", "pieter"), ("+3h", "kofi"), ("+1d", "leilani")),
    ),
    say(
        "2024-08-01 17:45", "thiru", "technical", "p:weights-again",
        """A fair repair. The name is still that of a part, and the clause now covers the whole. I'll vote no and sleep well
        whichever way it goes.""",
        re("+2h", "hana", """*Sleep well* should be a choice on the ballot, next to abstain."""),
        re("+1d", "wen", """My concern moves from the name to *terms approved for Open Source*. If parameters are not protected, what is
           there to approve?""", kind="question"),
        re("+1d3h", "celeste", """Then there's no right in the way, and the clause is met by saying so. A note could make that plain: no view on
           what the law is or will be.""", kind="technical"),
        re("+2d", "bruno", """I'll draft such a note for 0.0.9.""", kind="editorial"),
    ),
    say(
        "2024-08-02 09:30", "lucia", "general", "p:weights-again",
        """In Spanish it's *pesos*, which is also money. On air it takes a sentence to explain. *Parámetros* doesn't.""",
        re("+2h", "emre", """In Turkish both are borrowed or sound so. No vote is lost in translation there."""),
        re("+5h", "salma", """وبالعربية «أوزان» كلمة الشعر. In Arabic the word is that of poetic metre. I like it all the more."""),
    ),
    Balloted(
        "any-of-four", "2024-08-05 12:00", "2024-08-15 12:00", "tomasz", "simple_majority",
        "Shall one of data sets, paper, report or card suffice in the table?", (26, 13, 5),
        (
            ("zanele", "yes", "The table should find what exists."),
            ("farah", "yes", "With the sentence that the definition prevails."),
            ("sven", "no", "The card is where silence begins."),
            ("mira", "no", "Each round the list of what is inside gets shorter."),
            ("pieter", "yes", "Five names for one document help nobody."),
        ),
    ),
    Balloted(
        "weights-again", "2024-08-06 12:00", "2024-08-16 12:00", "ana", "simple_majority",
        "Shall the item *Model* be named *Weights* and cover all parameters?", (27, 24, 3),
        (
            ("jeanphilippe", "yes", "The word that people know, and the content that jurists need."),
            ("kofi", "yes", "On air at last."),
            ("thiru", "no", "And I sleep well."),
            ("lucia", "no", "*Pesos* is money."),
            ("wen", "no", "The name of a part for the whole."),
        ), extended=("2024-08-12 09:00", "2024-08-16 18:00", "The site could not be reached for six hours on Sunday."),
    ),
    say(
        "2024-08-16 19:00", "jeanphilippe", "general", "b:weights-again",
        """Three votes. I expect to read the word *parameters* again before the year is out.""",
        re("+1h", "thiru", """You have my word on it."""),
    ),
    say(
        "2024-08-19 10:00", "gwen", "technical", "PRE",
        """More and more, what's offered as a *model* is one file on a hub. Is that a system? If it isn't, the text says nothing
        about the most common thing of its kind; if it is, say so.""",
        re("+2h", "ingrid", """Say so. We publish models and others make systems of them."""),
        re("+1d", "bruno", """0.0.9 will say that what is asked of a system is asked alike of its elements, in a clause of its own, and
           another will say what has to come with a model or with weights.""", kind="editorial"),
        re("+1d2h", "anneli", """That a file of numbers alone does not earn the name: write that, in those words, and I shall forgive you the
           card.""", kind="support"),
    ),
    say(
        "2024-08-22 15:00", "yuki", "editorial", "v:0.0.9",
        """The checklist stands beside the text now, with its own note that the definition prevails. There are new clauses on
        elements, on models and weights, and on where the freedoms come from; data information, code and weights each
        got their terms. The table is shorter: ten required rows, of which four are any-of, and seven optional.""",
        re("+1h", "anneli", """*A file of numbers alone does not earn the name.* Thank you.""", kind="support"),
        re("+3h", "dimitar", """Our auditors asked whether 0.0.9 is *the standard* now. How do I say *draft* so that it is believed?""",
           kind="question"),
        re("+4h", "ana", """Point to the top of the page. Nothing is final until a ballot on the version has closed."""),
        re("+1d", "liam", """*Some forty years* in the note on freedoms: the first written form that I find is of 1986. Correct, barely.""",
           kind="editorial"),
        re("+2d", "hamish", """*Approved for Open Source*, of terms for data: approved by whom? There's no list of approved data terms, as
           ballot 13 reminds us.""", kind="technical"),
    ),
    say(
        "2024-08-26 11:20", "otto", "technical", "PARAM-LAW",
        """A note adds no condition: so says the clause on reading. This one says *it asks only that nothing attached to them
        takes the freedoms away*, which is a condition. Either it's no note, or it asks nothing.""",
        re("+2h", "celeste", """The notary is right, as notaries are.""", kind="support"),
        re("+1d", "bruno", """It must become a paragraph, then, and I'd rather do it in a candidate than silently. Left for now, so that
           it can be seen.""", kind="editorial"),
        quote="It asks only that nothing attached to them takes the freedoms away",
    ),
    say(
        "2024-08-27 09:00", "minjae", "question", "MODELS",
        """We adapt a model of somebody else with our own data and pass on only the difference, four megabytes of it. Is that a
        model, weights, or neither?""",
        re("+3h", "mei", """An adapter. It is of no use without the base, like a patch without the program.""", kind="technical"),
        re("+5h", "rafael", """A patch can be Open Source while the program isn't. What of the combination?"""),
        re("+1d", "minjae", """That's my question, and I see that I've asked it too early."""),
        quote="Open Source weights",
    ),
    say(
        "2024-08-29 14:10", "priya", "technical", "SYS",
        """Good clause. One trap: *what is asked of a system is asked alike of any other element* makes every tokeniser come with
        data information. Meant so?""",
        re("+2h", "salma", """For a tokeniser that was trained, yes please. Ours learned from forty million words, and which words they were
           decides whom it understands.""", kind="support"),
        re("+1d", "yuki", """Read *alike* as *as far as it applies*. If that needs saying, tell me where.""", kind="question"),
    ),
    say(
        "2024-09-03 08:30", "beatriz", "general", "v:0.0.9",
        """From a deployer on the observers' bench: three of our suppliers changed their brochures because of this draft. One
        replaced *open source* by *open weights*. That is more than I had hoped for.""",
        re("+6h", "ibrahim", """And the other two?""", kind="question"),
        re("+1d", "beatriz", """One published its training code. One added a footnote."""),
        re("+1d2h", "jeanphilippe", """Footnotes are how honesty begins, in my trade."""),
    ),
]
