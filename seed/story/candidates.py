"""September and October 2024: three lists, share-alike, two candidates and the ratification."""

from seed.telling import Balloted, Event, add, propose, re, reword, say, strike

EVENTS: list[Event] = [
    propose(
        "three-lists", "2024-09-05 10:00", "helga", "Three kinds of data, three duties",
        """Since spring I have asked that data which can't be shared be told apart from data which its holder would rather not
        share. Here it is as text: describe all of it; list what is public, with its place; list what can be had
        from others, with its place and even if it costs money. Who holds back what is public can no longer hide behind those
        who hold back what is private. *Build* takes the place of *recreate*, and *similar data* goes.""",
        reword("PF-DATA", version="1.0-RC1"),
        strike("pf-data-eg"),
        add("pf-data-all", version="1.0-RC1", kind="item", after="PF-DATA", beside="+PF-DATA"),
        add("pf-data-public", version="1.0-RC1", kind="item", after="pf-data-all", beside="+PF-DATA"),
        add("pf-data-third", version="1.0-RC1", kind="item", after="pf-data-public", beside="+PF-DATA"),
        seconds=(("+1h", "carmen"), ("+2h", "ravi"), ("+3h", "lotte"), ("+1d", "noa"), ("+1d", "dara"), ("+2d", "greta")),
    ),
    say(
        "2024-09-05 13:15", "anneli", "general", "p:three-lists",
        """Second and third, yes. With the first I could live if *detailed* were *complete*: a description that may leave out the
        awkward tenth is how we got here.""",
        re("+2h", "helga", """I'd have written *complete*, and was asked by three creators for *detailed*. Let RC1 go with it, and try *complete*
           as a proposal of its own."""),
        re("+4h", "dara", """I was one of the three. I don't know every page of a crawl. I know how I chose it."""),
        re("+1d", "carmen", """A complete description can be made at the level at which the choice was made. You needn't list pages.""",
           kind="technical"),
        re("+1d2h", "dara", """If it's read like that I'd withdraw my reservation."""),
    ),
    say(
        "2024-09-06 09:40", "mira", "question", "p:three-lists",
        """Under the second list: is my portfolio, which is public and was scraped, *data open to the public*? Then its address has
        to be given, and for the first time I could find myself.""",
        re("+1h", "helga", """At the level at which they fetched it, yes. If they fetched by address, then by address.""", kind="support"),
        re("+3h", "mira", """Then this is the first text here that I shall vote for."""),
        re("+1d", "naledi", """And data on people? A public list of where riders' locations are to be had is the last thing I want.""",
           kind="objection"),
        re("+1d4h", "helga", """What the law forbids to publish isn't *open to the public*, however easily it is found. It falls under the
           first list: described, and not located.""", kind="technical"),
        re("+2d", "naledi", """Please put that answer where it'll be found in two years."""),
        re("+2d2h", "tomasz", """It is on the proposal's page for good, and the clause's history leads to it."""),
    ),
    say(
        "2024-09-09 16:30", "joaquin", "technical", "p:three-lists",
        """*Which can be had from others, even against payment*: our archive may be heard on site, by those whom the council
        admits. Not public, and not for sale. Which list?""",
        re("+4h", "ravi", """The same as ours: one clinic lends data to another under conditions. I'd say the first list, with the conditions
           described."""),
        re("+1d", "joaquin", """Bien. Then a description may say *ask the council*."""),
    ),
    propose(
        "share-alike", "2024-09-09 10:00", "anneli", "Terms may ask for the same terms",
        """Every draft so far is silent on reciprocity. In programs it has been part of Open Source from the start, and nobody should
        doubt that it is here. One clause: terms *may* ask that modified versions of data information, code or parameters
        are passed on as they were received.""",
        add("PF-COPYLEFT", version="1.0-RC1", kind="paragraph", after="PARAM-LAW", beside="PARAM-LAW"),
        seconds=(("+1h", "celeste"), ("+1h", "wen"), ("+1d", "gwen"), ("+1d", "mei"), ("+3d", "voahangy")),
    ),
    say(
        "2024-09-09 14:00", "pieter", "technical", "p:share-alike",
        """Does a condition on *parameters* reach what is trained on a model's outputs? The Gemma terms of April 2024 count a model
        distilled from outputs as a derivative. I would not want to bless that by accident.""",
        re("+1h", "anneli", """*Modified versions of the parameters.* A model distilled from outputs isn't a modified version of a file it never
           saw."""),
        re("+3h", "rafael", """I'd say so too. And terms that reach outputs limit use, so that the first freedom stops them before this clause
           is read.""", kind="technical"),
        re("+1d", "pieter", """Good. I second it in spirit, being late for the list.""", kind="support"),
        re("+1d8h", "hamish", """For the file: on reviewing 49 sets of terms, I find that *passing on the same restrictions* and *passing on the same
           freedoms* use almost the same words. The clause needs *same terms as the original* to be read together with the
           freedoms, and in its place it is."""),
    ),
    say(
        "2024-09-10 08:20", "chloe", "question", "p:share-alike",
        """If I fine-tune a share-alike model on claims data: must I pass on the claims data?""",
        re("+2h", "anneli", """If you pass on the model: the *data information*, meaning a description. If you keep the model: nothing."""),
        re("+5h", "chloe", """Then our compliance office has no quarrel with it."""),
    ),
    propose(
        "parameters-word", "2024-09-11 09:00", "thiru", "Parameters, after all",
        """I promised Jean-Philippe. *Weights* for the item and *weights and other parameters* in its clause is a name that needs its own
        correction. *Parameters, learned values and settings alike* needs none.""",
        reword("PF-PARAM", version="1.0-RC1"),
        seconds=(("+1h", "lucia"), ("+2h", "wen"), ("+1d", "priya")),
    ),
    say(
        "2024-09-11 12:30", "jeanphilippe", "support", "p:parameters-word",
        """I lost count of how often I had to add *and the rest of them*. I'll vote for it. The title of the section may keep my word, for
        the brochures.""",
        re("+1h", "thiru", """It may. A section that tells people what weights are should be found under *weights*."""),
        re("+1d", "kofi", """On air I remain free to use any word to any end of my own choosing."""),
    ),
    Balloted(
        "three-lists", "2024-09-12 12:00", "2024-09-26 12:00", "ana", "two_thirds",
        "Shall data information consist of a description of all data and two lists?", (38, 12, 4),
        (
            ("helga", "yes", "Three kinds of data, at last."),
            ("mira", "yes", "I could find myself."),
            ("carmen", "yes", "What is public can be fetched, and so the work repeated."),
            ("ravi", "yes", "It leaves the records where they are and us in the open."),
            ("noa", "yes", "Described, and not located. That is the sentence."),
            ("dara", "yes", "Read at the level at which I chose."),
            ("anneli", "no", "*Detailed* is not *complete*."),
            ("oksana", "no", "Handshakes of 1994 fit on no list."),
            ("minjae", "no", "The cost of the third list is unknown."),
            ("sven", "abstain", "Nearly; I wait for *complete*."),
        ),
    ),
    Balloted(
        "parameters-word", "2024-09-16 12:00", "2024-09-27 12:00", "tomasz", "simple_majority",
        "Shall the item *Weights* be named *Parameters*?", (29, 13, 4),
        (
            ("thiru", "yes", "As promised."),
            ("jeanphilippe", "yes", "I have come round."),
            ("hana", "no", "My pupils haven't."),
            ("pieter", "no", "We change the word more often than the thing."),
        ),
    ),
    Balloted(
        "share-alike", "2024-09-16 12:05", "2024-09-28 12:05", "ana", "consensus",
        "May terms ask that modified versions are passed on under the same terms?", (41, 3, 4),
        (
            ("anneli", "yes", "Forty years of practice, in one sentence."),
            ("chloe", "yes", "A description and not the claims: fine."),
            ("paula", "no", "I foresee two kinds of Open Source AI that can't be combined."),
            ("farah", "abstain", "A matter for licence authors."),
        ), noes_max=4,
    ),
    say(
        "2024-10-02 14:00", "bruno", "general", "v:1.0-RC1",
        """The first candidate. Data information is three lists (ballot 16), the item is called Parameters (ballot 17), and terms may be
        share-alike (ballot 18). The definitions stand in a section of their own, with what they rest on. The checklist has
        left the text; it goes on by itself. Code must be complete. No more clauses, please; only better ones.""",
        re("+2h", "gwen", """Read aloud to eleven people at our table: only *equivalent in substance* needed explaining twice.""",
           kind="support"),
        re("+1d", "rosalind", """My readers ask whether a system exists that passes. If I may say *a handful* they will be content; if I must say
           *none*, they'll ask what it's for.""", kind="question"),
        re("+1d2h", "zanele", """Of the thirteen tried on 0.0.9, four would pass and two more with a week's writing."""),
        re("+3d", "dov", """A small error: *governments revised in November 2023* should be checked against the date of the text itself. I did; it
           holds.""", kind="editorial"),
    ),
    propose(
        "complete-description", "2024-10-05 09:30", "anneli", "Complete, and also what was processed and filtered",
        """Two words and two verbs. *Detailed* becomes *complete*, at whatever level the choice was made, as Carmen put it. And since the
        largest choices are made by filters, the description must say how the data was processed and filtered.""",
        reword("PF-DATA", version="1.0-RC2"),
        reword("pf-data-all", version="1.0-RC2"),
        seconds=(("+1h", "carmen"), ("+1h", "sven"), ("+4h", "mira"), ("+1d", "dara"), ("+1d", "helga")),
    ),
    say(
        "2024-10-05 12:10", "dara", "support", "p:complete-description",
        """I seconded this, for the minutes: I was against *complete* in September and I'm for it in October, because I was answered and not
        because I was tired.""",
        re("+3h", "anneli", """Can that be framed as well?"""),
        re("+1d", "oksana", """I am still against it, and merely tired. *All data* in a radio archive is a sentence I can't sign."""),
        re("+1d3h", "carmen", """*Recordings of four stations, 1991 to 2009, whatever had survived the flood.* That is complete, at the level at which
           you chose.""", kind="technical"),
        re("+2d", "oksana", """You've just written our data card. Thank you.""", kind="support"),
    ),
    Balloted(
        "complete-description", "2024-10-10 12:00", "2024-10-18 12:00", "ana", "two_thirds",
        "Shall the description of the data be complete and cover processing and filtering?", (40, 8, 3),
        (
            ("anneli", "yes", "The word that I have waited for since March."),
            ("sven", "yes", "Filters decide more than sources do."),
            ("oksana", "yes", "Carmen wrote me the sentence."),
            ("paula", "no", "No supplier of ours will ever sign *complete*."),
            ("minjae", "no", "Too late in the day for a word of that weight."),
        ),
    ),
    say(
        "2024-10-22 11:30", "nomvula", "editorial", "v:1.0-RC2",
        """*Complete* is in (ballot 19). What the definition says of parameters and the law is a paragraph now and no longer a note, as Otto
        asked in August. Nothing else has changed.""",
        re("+2h", "otto", """The notary is content, as notaries rarely are.""", kind="support"),
        re("+5h", "ibrahim", """Shall the version 1.0 be these words, to the letter?""", kind="question"),
        re("+6h", "nomvula", """To the letter, without the note on top that calls it a candidate."""),
    ),
    Balloted(
        "ratify", "2024-10-23 14:00", "2024-10-28 14:00", "ana", "two_thirds",
        "Shall version 1.0 be ratified?", (43, 8, 3),
        (
            ("dara", "yes", "I know what I would have to publish, and I can."),
            ("greta", "yes", "I can buy by it."),
            ("mira", "yes", "For the second list."),
            ("farah", "yes", "It says what a finding means, and no more."),
            ("helga", "yes", "Good enough to be used and plain enough to be improved."),
            ("kofi", "yes", "It can be read on air in six minutes."),
            ("anneli", "yes", "It isn't the thing itself, and it no longer pretends to be."),
            ("gwen", "no", "Without the data the freedom to modify is a promise. See the minutes of ballot 7."),
            ("carmen", "no", "I helped to write it, and I want it on record that some of it is a compromise."),
            ("naledi", "no", "Those who are scored are still outside."),
            ("paula", "no", "*Complete* can't be signed."),
            ("iris", "abstain", "It will do good, and it doesn't know us."),
            ("bruno", "abstain", "I keep the text."),
        ), version="1.0",
    ),
    say(
        "2024-10-24 09:15", "gwen", "objection", "b:ratify",
        """I'll vote no, and want it read beside the result: twenty-five members said in April that the data belongs to the form which can be
        changed. A definition of Open Source that lets the maker alone retrain is a definition of something useful and
        lesser.""",
        re("+2h", "lotte", """I was one of the twenty-five, and I'll vote yes: a text that tells three kinds of data apart can be tightened later. One
           that isn't ratified can't be."""),
        re("+1d", "gwen", """I hope you are right, and will help with the tightening."""),
        re("+1d1h", "ana", """Both of these will stand on the page of the version for as long as it does."""),
    ),
    say(
        "2024-10-28 14:30", "ana", "general", "v:1.0",
        """Carried: 43 yes, 8 no, 3 abstentions of 57. It took twelve months, ten drafts and twenty ballots, of which four didn't carry. Thank you
        to everybody who was persuaded of something, and to those who weren't.""",
        re("+1h", "tariq", """Translated into Darija by tomorrow night. *Lilli bgha*, to whoever wants it, without asking.""", kind="support"),
        re("+2h", "eli", """From the observers' bench: I'd have abstained, gladly."""),
        re("+3h", "khadija", """مبروك للجميع. Congratulations to all; the libraries will carry it."""),
        re("+1d", "haruto", """おめでとうございます。 A text that I can hand to a ministry without a covering letter."""),
        re("+2d", "rosalind", """*Useful and lesser* is my headline, with Lotte's answer under it."""),
    ),
]
