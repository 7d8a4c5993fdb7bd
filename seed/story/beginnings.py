"""October 2023 to January 2024: five freedoms become four, and a section goes that will return."""

from seed.telling import (
    Balloted, Event, add, move, propose, re, reword, say, strike,
)

EVENTS: list[Event] = [
    say(
        "2023-10-16 16:20", "ana", "general", "v:0.0.2",
        """This is where we start: five freedoms, a preamble, and a hole where the checklist should
        be. Please comment on the clause you mean rather than here, and please say what you would
        write in its place. An objection with words attached travels further.""",
        re("+2h", "kwabena", """Welcome news. May those of us who build without a legal department
           ask for plain words to the end? I have read four licences this month and understood one."""),
        re("+1d", "lars", """For those who ask: observers may comment on everything and vote on
           nothing. I intend to make use of the first half."""),
    ),
    say(
        "2023-10-17 08:40", "dara", "question", "F-VERIFY",
        """Who would owe what to whom here? If I publish a speech model and promise nothing, is
        there anything to verify? And if a reseller promises the moon, does my system stop being
        Open Source?""",
        re("+3h", "tariq", """I would keep it. When a court buys a translation system, the promise is
           the product. Testing that promise should never depend on the seller's mood."""),
        re("+5h", "sven", """You can already test whatever you may use and study. What the clause adds
           is a right against someone else's advertising, and a licence can't carry that.""",
           kind="technical"),
        re("+1d2h", "naledi", """Riders are scored by systems they will never hold a copy of. Verify was
           the one freedom in the list that had us in mind. If it goes, say where we are now."""),
        re("+1d6h", "gwen", """Naledi's point is fair, but this text gives freedoms to those who hold the
           system. People who are scored need rights against whoever scores them, and that is a law."""),
        quote="what those who offer it have promised",
    ),
    say(
        "2023-10-17 13:05", "celeste", "technical", "TERMS",
        """*Each of its components comes under a licence* fails on the first real system. Learned
        values may not be protected by anything, in which case nobody can license them; data may be
        under a contract; a document may be in the public domain. We need a word that holds all of
        these.""",
        re("+4h", "wen", """Agreed. *Legal terms* would do: a licence is one kind, a dedication another,
           and having no terms at all a third."""),
        re("+1d", "rafael", """As long as a policy that is fetched by a link counts as terms too. I see
           that the next clause says so; please let nobody tidy it away.""", kind="support"),
        quote="each of its components comes under a licence",
    ),
    propose(
        "gratis", "2023-10-18 09:30", "haruto", "Do not speak of payment",
        """Programs may be sold under every Open Source licence there is. *Without paying for the
        permission* is right in substance, yet half of the readers I showed it to understood that
        copies must be free of charge.""",
        reword("TERMS", """A system is Open Source AI if each of its components comes under a licence by
               which anybody is free, without asking, to:"""),
        seconds=(("+1d", "minjae"),),
        withdrawn=("2023-10-27 07:10", """Anneli convinced me: without the words, a paid permission would
                   pass. I would rather be misread than be wrong."""),
    ),
    say(
        "2023-10-19 11:15", "anneli", "objection", "p:gratis",
        """The words do not forbid selling copies. They forbid selling the *permission*. Strike them
        and a royalty of one cent per use becomes compatible with the definition.""",
        re("+20h", "haruto", """I had not seen that door. Thinking about it."""),
        re("+1d8h", "paula", """For what it's worth, a bank's lawyers read it the way Anneli does."""),
    ),
    say(
        "2023-10-19 15:45", "hana", "editorial", "F-STUDY",
        """Forty-eight words for one freedom, when the others take a dozen. Pupils will read this text.
        *Study how the system arrives at its results, and look into each of its components*: is
        anything lost?""",
        re("+2h", "priya", """*In a form that is made for reading* is lost, and I'd miss it: a compiled blob
           can be looked into as well. But the section on how the freedoms become real covers it."""),
        re("+1d", "nomvula", """Taken up for the next draft, with Priya's caution noted for that section.""",
           kind="editorial"),
    ),
    say(
        "2023-10-20 10:00", "ibrahim", "general", "SCOPE",
        """I would strike the sentence about a system that fails every clause and does good. It is true,
        and it will be quoted in every advertisement for a closed product.""",
        re("+3h", "helga", """The whole clause would do with a third of its words. Regulators do not need
           an apology; we need to know what a finding under this text means and what it does not."""),
        re("+6h", "iris", """I can live with ethics being decided elsewhere if somebody names the elsewhere.
           For those in a face database there often is none."""),
        quote="another may fail them all and do good",
    ),
    say(
        "2023-10-23 12:25", "priya", "technical", "HOW",
        """This is the clause I would build the rest on. The freedom to modify is worth what the form
        is worth that you are handed. A binary taught us that for programs; a file of learned values
        is going to teach it again.""",
        re("+4h", "ingrid", """Be careful what you attach to it. Our training data are street scenes
           licensed from municipalities. I can describe them; I can't hand them out. If the *form* is
           the data, no vision model trained in Europe will ever qualify.""", kind="technical"),
        re("+7h", "priya", """The clause says *knowledge of the examples*, deliberately. How much knowledge
           is the question of the next year, I suspect."""),
        re("+1d4h", "joaquin", """Our recordings belong to elders who lent them for one purpose. I would
           like *knowledge of* to stay that weak."""),
        re("+2d", "tomasz", """Let us mark this as the place where the group does not agree yet. That is
           no disgrace in the second draft."""),
    ),
    say(
        "2023-10-24 09:10", "yuki", "editorial", "how-rules",
        """Does anybody here build systems of written rules? If so, is *the engine that applies them*
        the right word? I ask before it turns into a definition by accident.""",
        re("+1d", "minjae", """Dispatch rules, some forty thousand of them, and *engine* is the word we use."""),
    ),
    propose(
        "drop-verify", "2023-10-26 14:00", "sven", "Four freedoms: leave out *verify*",
        """Who may use and study a system may test it, so the fifth freedom gives nothing that the first
        two do not. What it seems to add, a claim against whoever made a promise, cannot be given by
        terms that come with a system; it belongs to consumer law. A list of four that holds is better
        than a list of five that doesn't.""",
        strike("F-VERIFY"),
        seconds=(("+4h", "celeste"), ("+1d", "gwen"), ("+1d3h", "dara"), ("+2d", "paula")),
    ),
    say(
        "2023-10-27 08:05", "tariq", "objection", "p:drop-verify",
        """*May test* is not *may publish what the test found*. There are terms on the market today that
        forbid benchmarks. If verify goes, say in its place that no term may limit the publication of
        results.""",
        re("+2h", "sven", """A term like that limits use, and *without limitation* stands in the freedom to
           use. It is covered."""),
        re("+1d", "tariq", """Then please don't trim *without limitation* in the same draft.""", kind="question"),
        re("+1d5h", "nomvula", """That trim is in my draft of 0.0.3, I admit. *Any end of their own choosing*
           takes its place; publishing a benchmark is an end.""", kind="editorial"),
    ),
    say(
        "2023-10-30 17:30", "eli", "general", "p:drop-verify",
        """Patients whose scans trained a system are not its users. Four freedoms or five, none of them is
        ours. I do not ask for the vote to be stopped, only that the minutes show that somebody said so.""",
        re("+1d", "ana", """They show it now, Eli. And there will be a category for those who are decided about
           on every roll this group freezes."""),
    ),
    Balloted(
        "drop-verify", "2023-11-03 12:00", "2023-11-10 12:00", "ana", "simple_majority",
        "Shall the freedom to verify be taken out of the list?", (19, 5, 2),
        (
            ("sven", "yes", "Use and study already carry it."),
            ("celeste", "yes", "Terms can't enforce somebody else's promise."),
            ("dara", "yes", "I could not say how I would comply with it."),
            ("tariq", "no", "Publication of test results should be named, and is not."),
            ("naledi", "no", "It was the only freedom that thought of those who are scored."),
            ("farah", "abstain", "Market surveillance has its own powers to test; I should not vote on this one."),
        ),
    ),
    say(
        "2023-11-11 10:40", "bruno", "editorial", "v:0.0.3",
        """What is new: no freedom to verify (ballot 1), a shorter freedom to study, sharing now covers the
        system as received and not only as modified, and the two adjectives *trustworthy* and *fair*
        have left the scope clause. The rest reads as before.""",
        re("+5h", "lucia", """Thank you for sharing *as received*. In 0.0.2 I would have had to change a model
           before I might pass it to the next valley.""", kind="support"),
    ),
    say(
        "2023-11-14 09:20", "farah", "technical", "AI-DEF",
        """Governments revised their wording of *AI system* this month: implicit objectives are in, and so
        are systems that go on learning after deployment. If we keep the older sense, every regulator in
        the room will have to explain a difference that we do not intend.""",
        re("+3h", "helga", """Strongly agree. The meaning should be theirs, even if the words are ours.""",
           kind="support"),
        re("+1d", "zanele", """Would a lookup table still be in? Under the new sense something has to be worked
           out from the input, so I read it as out.""", kind="question"),
        re("+1d2h", "farah", """That is how I read it too, and I think it does no harm."""),
    ),
    propose(
        "new-ai-def", "2023-11-20 10:00", "farah", "Follow the revised meaning of *AI system*",
        """The sense that governments agreed in November 2023 drops *aims which people have set* and speaks
        of aims that may be implied. It also says that systems differ in how far they go on learning in
        use. Ours should mean the same, in words a layman can follow.""",
        reword("AI-DEF", version="0.0.4"),
        seconds=(("+3h", "helga"), ("+5h", "jeanphilippe"), ("+1d", "greta"), ("+2d", "zanele")),
    ),
    propose(
        "drop-how", "2023-11-21 15:30", "ingrid", "Take out how the freedoms become real, for now",
        """The section says three things about three kinds of system and means *training data* each time,
        without saying how much of it. As long as the group has no answer, a definition should not
        pretend to one. The checklist will go through the components one by one; let the question be
        settled there, on evidence.""",
        strike("how-mixed"), strike("how-rules"), strike("how-ml"), strike("HOW"), strike("h-how"),
        seconds=(("+6h", "paula"), ("+1d", "olu"), ("+1d9h", "dara")),
    ),
    say(
        "2023-11-22 08:50", "priya", "objection", "p:drop-how",
        """You are taking out the keel because it scrapes. Without a form that can be changed, *modify* is a
        permission to stare at numbers. My remedy: keep the first clause, strike the three that follow.""",
        re("+2h", "ingrid", """The first clause alone is worse for us: it asks for the makers' own form and
           leaves open what that is. I prefer an honest gap."""),
        re("+5h", "anneli", """Then write the gap into the text: *to be settled with the checklist*.""",
           kind="editorial"),
        re("+1d1h", "tomasz", """The chairs have minuted Priya's objection as open, with its remedy. It will be
           put to the group again when the checklist stands, whatever this ballot says."""),
        re("+1d4h", "priya", """I'll hold you to that."""),
    ),
    say(
        "2023-11-23 13:10", "rafael", "support", "p:drop-how",
        """Lawyers learn to remove a clause they cannot yet write well. The duty survives in the freedom to
        study, which speaks of each component.""",
    ),
    propose(
        "use-first", "2023-11-24 11:00", "lucia", "Use comes first",
        """People use a thing before they study it, and they change it before they pass it on. In that order
        the four are easier to remember, and easier to say on the radio.""",
        move("F-USE", after="TERMS", beside="F-STUDY"),
        seconds=(("+1h", "hana"), ("+1d", "kwabena"), ("+2d", "ibrahim")),
    ),
    say(
        "2023-11-24 16:45", "wen", "editorial", "p:use-first",
        """No objection, and it is the first proposal I've seen that moves a clause and touches no word. Its
        number stays the same, does it?""",
        re("+1h", "yuki", """It does. The number is the clause's name and not its place; the margin shows the place
           beside it."""),
    ),
    Balloted(
        "new-ai-def", "2023-12-01 12:00", "2023-12-11 12:00", "tomasz", "consensus",
        "Shall *AI system* mean what governments agreed in November 2023?", (24, 0, 2),
        (
            ("helga", "yes", "One meaning across public rules and this text."),
            ("zanele", "yes", "It leaves out lookup tables, rightly."),
            ("priya", "abstain", "No view; the definition turns on other clauses."),
        ), noes_max=3,
    ),
    Balloted(
        "use-first", "2023-12-01 12:05", "2023-12-11 12:05", "tomasz", "simple_majority",
        "Shall the freedom to use stand before the freedom to study?", (22, 1, 3),
        (
            ("hana", "yes", "It can be taught in this order."),
            ("sven", "no", "Study is what sets this list apart. It should lead."),
        ),
    ),
    Balloted(
        "drop-how", "2023-12-04 12:00", "2023-12-13 12:00", "tomasz", "two_thirds",
        "Shall the section on how the freedoms become real be taken out?", (18, 8, 2),
        (
            ("ingrid", "yes", "Better no answer than a wrong one that stays."),
            ("paula", "yes", "With the checklist we will have something to decide on."),
            ("dara", "yes", "On the understanding that it comes back once it can be written."),
            ("priya", "no", "A freedom to modify needs something that can be modified."),
            ("anneli", "no", "A gap that is not marked gets forgotten."),
            ("gwen", "no", "We should not publish a draft that hides our main disagreement."),
            ("bruno", "abstain", "I keep the text, and I have edited both sides' sentences."),
        ),
    ),
    say(
        "2023-12-13 13:30", "gwen", "general", "b:drop-how",
        """Sixty-nine per cent, so it's carried, and I accept it. I note for later readers that eight people
        who disagree about much else all said that the form matters.""",
        re("+4h", "ana", """Noted, and it will be on the first agenda of the new year."""),
    ),
    say(
        "2023-12-15 11:00", "nomvula", "editorial", "v:0.0.4",
        """Shorter than any draft before it. The new sense of *AI system*, use before study, legal terms
        in place of licences, and no section on form. SCOPE now says that the group supports effective
        regulation, which two members asked for and nobody opposed.""",
        re("+1d", "jeanphilippe", """Thank you for *supports*. My colleagues read every word of that clause
           with a lamp.""", kind="support"),
        re("+2d", "joaquin", """The holidays are long here. I'll read it to the archive's council in January and
           bring back what they say."""),
    ),
    say(
        "2024-01-09 14:00", "olu", "question", "TERMS",
        """If a model comes with no terms at all, is anybody *left free*? In my country silence means all
        rights reserved.""",
        re("+3h", "wen", """For whatever is protected, silence means no. For whatever is not, silence means
           nothing. So the supplier should speak."""),
        re("+1d", "celeste", """*The legal terms that come with it* needs terms to come with it. I think you fail
           the clause by silence, and rightly.""", kind="technical"),
    ),
    propose(
        "human-rights", "2024-01-11 10:20", "iris", "A system must respect human rights",
        """I know what the scope clause says. But I cannot explain to people whose faces were taken without
        asking why a text about freedom has no room for theirs. One sentence, no list of forbidden uses.""",
        add("rights", """A system that was built by violating the rights of people is not Open Source AI,
            whatever its terms say.""", after="terms-no-extra", beside="terms-no-extra"),
        seconds=(("+1d", "naledi"),),
        withdrawn=("2024-01-24 09:00", """I withdraw it in exchange for something better: a seat for people who
                   are decided about in each of the four groups that will study a system. Thank you, chairs."""),
    ),
    say(
        "2024-01-12 09:40", "rafael", "objection", "p:human-rights",
        """Who finds the violation, and when? A licence that lapses on an accusation leaves everybody
        downstream on ice. The harm is real and the tool is wrong.""",
        re("+2h", "iris", """A court finds it. As with copyright, on which your whole house is built."""),
        re("+5h", "helga", """There are orders to delete models that were trained on unlawful data. They work
           without any help from a definition, and they reach the closed ones as well."""),
        re("+1d", "eli", """I would vote for it if I had a vote, and I think Rafael is right about the tool."""),
    ),
    say(
        "2024-01-16 10:30", "kofi", "general", "why-many",
        """I am new here. This is the sentence that made me join: *a village radio* is where I work.""",
        re("+1h", "kwabena", """Welcome, Kofi. Tell them what happened with the weather forecasts."""),
        re("+4h", "kofi", """We asked for leave to read a forecast on air in Dagbani. The answer took five
           months, and by then the rains were over."""),
        quote="a village radio",
    ),
    say(
        "2024-01-23 15:00", "ana", "general", "CHK",
        """Four groups start this week. Each takes one real system, goes through the components and answers,
        freedom by freedom: is this one needed? No arguments about principle in those rooms, please; bring
        them here.""",
        re("+2h", "carmen", """Will the votes be published by person or only in sum?""", kind="question"),
        re("+3h", "ana", """By person. Nobody is asked for a secret here."""),
        re("+1d", "dara", """I've asked to sit with the group that studies the system I know least about.""",
           kind="support"),
    ),
]
